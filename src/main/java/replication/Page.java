package replication;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

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

    /**
     * What stands on all pages of a list, in order; a page is asked for when what stands
     * before it has been read.
     * @param key what the next page follows, of its last item
     */
    public static <T> Stream<T> all(Function<PageRequest, Page<T>> list, ToLongFunction<T> key) {
        return Stream
            .iterate(Optional.of(list.apply(new PageRequest(0, PageRequest.MAX_SIZE))), Optional::isPresent,
                    (page) -> page.filter(Page::more)
                        .map((before) -> key.applyAsLong(before.items().getLast()))
                        .map((last) -> list.apply(new PageRequest(last, PageRequest.MAX_SIZE))))
            .flatMap((page) -> page.orElseThrow().items().stream());
    }

}
