package api.registry;

import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Stream;

import api.Parameters;
import api.Query;
import org.jspecify.annotations.Nullable;
import replication.Page;

/**
 * Takes one sorted page out of a registry's namespaces or repositories, and holds only
 * that page in memory.
 *
 * @param q part of the name
 * @param after the last name of the page before
 */
record ListedNames(@Nullable String q, String after, int size) {

    static ListedNames of(Query query) {
        String after = query.text("after");
        return new ListedNames(query.text("q"), (after != null) ? after : "", Parameters.size(query));
    }

    /**
     * Reads the whole listing.
     * @param listing closed afterwards
     */
    Page<String> read(Stream<String> listing) {
        TreeSet<String> smallest = new TreeSet<>();
        try (listing) {
            listing.filter(this::wanted).forEach((name) -> {
                smallest.add(name);
                if (smallest.size() > this.size + 1) {
                    smallest.pollLast();
                }
            });
        }
        return Page.of(List.copyOf(smallest), this.size);
    }

    private boolean wanted(String name) {
        return name.compareTo(this.after) > 0
                && (this.q == null || name.toLowerCase(Locale.ROOT).contains(this.q.toLowerCase(Locale.ROOT)));
    }

}
