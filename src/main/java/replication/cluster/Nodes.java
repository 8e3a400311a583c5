package replication.cluster;

import java.time.Instant;
import java.util.List;

/** The nodes in the database. */
public interface Nodes {

    /** Writes a node's heartbeat and forgets nodes that have been silent for long. */
    Roll beat(Node self);

    /**
     * Removes a node that shuts down, so that the others need not wait for its silence.
     */
    void leave(String name);

    /** Names of the registries that are folders. */
    List<String> folders();

    /**
     * The living nodes.
     *
     * @param living the nodes with a recent heartbeat, the asking one included
     * @param now by the database's clock
     */
    record Roll(List<Node> living, Instant now) {

        public Roll {
            living = List.copyOf(living);
        }

    }

}
