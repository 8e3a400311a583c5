package replication.cluster;

import java.time.Instant;
import java.util.List;

/** The nodes in the database. */
public interface Nodes {

    /**
     * Says that a node is there, and forgets those that have not been heard of for long.
     */
    Roll beat(Node self);

    /** It goes down: the others need not wait for its silence. */
    void leave(String name);

    /** Names of the registries that are folders. */
    List<String> folders();

    /**
     * Who is there.
     *
     * @param living those heard of lately, with the one that asks
     * @param now by the database's clock
     */
    record Roll(List<Node> living, Instant now) {

        public Roll {
            living = List.copyOf(living);
        }

    }

}
