package replication.cluster;

import java.util.Set;

/**
 * A replica.
 *
 * @param name unique among all nodes, and new at each start
 * @param roles {@code api}, {@code work} or both
 * @param slots how many tasks it works on at once; 0 if it does not work
 * @param keyPrint is equal for nodes with the same key and does not reveal the key
 * @param layoutMark is equal for nodes that share their folder of layouts
 */
public record Node(String name, Set<String> roles, int slots, String keyPrint, String layoutMark) {

    public Node {
        roles = Set.copyOf(roles);
    }

    boolean works() {
        return this.slots > 0;
    }

}
