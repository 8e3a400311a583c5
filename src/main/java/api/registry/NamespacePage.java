package api.registry;

import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import replication.Page;
import replication.registry.RegistryConnection;

/**
 * Takes one sorted page out of a registry's namespaces, and holds only that page in
 * memory.
 *
 * @param q part of the name
 * @param after the last name of the page before
 */
record NamespacePage(@Nullable String q, String after, int size) {

    Page<String> read(RegistryConnection connection) {
        TreeSet<String> smallest = new TreeSet<>();
        try (Stream<String> namespaces = connection.namespaces()) {
            namespaces.filter(this::wanted).forEach((name) -> {
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
