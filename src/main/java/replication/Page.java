package replication;

import java.util.List;

/**
 * One page of a list that is ordered by a key.
 *
 * @param items what is on it
 * @param more whether something follows
 */
public record Page<T>(List<T> items, boolean more) {

    public Page {
        items = List.copyOf(items);
    }

    /** Cuts what was read with one row more than wanted. */
    public static <T> Page<T> of(List<T> rows, int size) {
        return new Page<>(rows.subList(0, Math.min(size, rows.size())), rows.size() > size);
    }

}
