package adapters;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import replication.registry.Ability;
import replication.registry.AdapterInfo;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The table of what each adapter does, a row an adapter. The contract writes a row once
 * all abilities of its adapter are proven, to {@code target/adapters.md}; README.md and
 * the adapter's page have the same row.
 */
public final class FeatureTable {

    static final List<String> HEAD = List.of(
            "| adapter | list | digest listing | create | delete a tag | labels | events | ambient login | verified against |",
            "|---|---|---|---|---|---|---|---|---|");

    static final Path README = Path.of("README.md");

    static final Path PAGES = Path.of("docs/adapters");

    private static final Path ROWS = Path.of("target/adapters");

    private FeatureTable() {
    }

    /** Writes the row of an adapter and holds the pages to it. */
    public static void prove(AdapterInfo info, String verifiedAgainst) {
        String row = row(info, verifiedAgainst);
        try {
            Files.createDirectories(ROWS);
            Files.writeString(ROWS.resolve(info.identity()), row);
            Files.write(Path.of("target/adapters.md"), Stream.concat(HEAD.stream(), rows().stream()).toList());
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        assertThat(lines(README)).as("README.md, Registries").contains(row);
        assertThat(lines(page(info.identity()))).as("the page of %s", info.identity()).contains(row);
    }

    /** An adapter's own page, or the one that presets share. */
    static Path page(String identity) {
        Path own = PAGES.resolve(identity + ".md");
        return Files.exists(own) ? own : PAGES.resolve("presets.md");
    }

    private static List<String> rows() throws IOException {
        try (Stream<Path> files = Files.list(ROWS)) {
            return files.sorted().map(FeatureTable::lines).flatMap(List::stream).toList();
        }
    }

    /** The identities that the table of README.md has, in its order. */
    public static List<String> identities() {
        List<String> readme = lines(README);
        return readme.stream()
            .skip(readme.indexOf(HEAD.getLast()) + 1L)
            .takeWhile((line) -> line.startsWith("| `"))
            .map((line) -> line.split("`", 3)[1])
            .toList();
    }

    private static String row(AdapterInfo info, String verifiedAgainst) {
        Predicate<Ability> can = info::can;
        String events = Stream.of(Ability.EVENTS, Ability.EVENTS_CREATE, Ability.EVENTS_POLL)
            .filter(can)
            .map((ability) -> switch (ability) {
                case EVENTS_CREATE -> "made by Drayage";
                case EVENTS_POLL -> "read from a queue";
                default -> "by a hook";
            })
            .collect(Collectors.joining(", "));
        return "| `%s` | %s | %s | %s | %s | %s | %s | %s | %s |".formatted(info.identity(), word(info, Ability.LIST),
                word(info, Ability.DIGEST_LIST), word(info, Ability.CREATE), word(info, Ability.DELETE_TAG),
                word(info, Ability.LABELS), events.isEmpty() ? "–" : events, word(info, Ability.AMBIENT_LOGIN),
                verifiedAgainst);
    }

    private static String word(AdapterInfo info, Ability ability) {
        return info.can(ability) ? "yes" : "–";
    }

    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

}
