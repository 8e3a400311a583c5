package replication.bandwidth;

import java.time.Instant;

/**
 * A limit and the number of nodes that share it.
 *
 * @param nodes the number of nodes that work under the limit; at least 1
 */
public record Limit(Limited what, Bandwidth bandwidth, int nodes) {

    public Limit {
        if (nodes < 1) {
            throw new IllegalArgumentException("at least one node shares a limit, but nodes is " + nodes);
        }
    }

    /** One node's share in bytes a second at a moment; 0 for no limit. */
    public long share(Instant time) {
        long whole = this.bandwidth.at(time);
        return (whole == 0) ? 0 : Math.max(1, whole / this.nodes);
    }

}
