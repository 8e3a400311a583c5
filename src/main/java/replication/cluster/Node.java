package replication.cluster;

import java.util.Set;

/**
 * A replica.
 *
 * @param name different from every other's, also from its own at another start
 * @param roles {@code api}, {@code work} or both
 * @param slots how many tasks it works on at once; 0 where it does not work
 * @param keyPrint tells whether two nodes have the same key, without telling the key
 * @param layoutMark the same at nodes that share their folder of layouts
 */
public record Node(String name, Set<String> roles, int slots, String keyPrint, String layoutMark) {

    public Node {
        roles = Set.copyOf(roles);
    }

    boolean works() {
        return this.slots > 0;
    }

}
