package replication.bandwidth;

import java.time.Instant;

/**
 * A limit and how many nodes share it.
 *
 * @param nodes how many work on it; at least 1
 */
public record Limit(Limited what, Bandwidth bandwidth, int nodes) {

    public Limit {
        if (nodes < 1) {
            throw new IllegalArgumentException("at least one node shares a limit, but nodes is " + nodes);
        }
    }

    /** One node's bytes a second at a moment; 0 for no limit. */
    public long share(Instant time) {
        long whole = this.bandwidth.at(time);
        return (whole == 0) ? 0 : Math.max(1, whole / this.nodes);
    }

}
