package transfer.filter;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

import com.google.re2j.Pattern;
import fixtures.Samples;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import oci.Artifact;
import org.jspecify.annotations.Nullable;
import org.semver4j.Semver;
import replication.policy.Filter;
import replication.policy.FilterKinds;
import replication.policy.Glob;

import static org.assertj.core.api.Assertions.assertThat;

/** What filters select of a listing is what a slow and obvious model selects. */
class SelectedTagsTest {

    private static final FilterKinds KINDS = new FilterKinds(List.of(LatestFilter.byTags(), new VersionFilter()));

    @Property(tries = 2000)
    void selected_is_what_the_model_selects(@ForAll("filters") List<Filter> filters, @ForAll("tags") Set<String> tags) {
        Set<String> selected = new HashSet<>(KINDS.of(Samples.policy(filters.toArray(Filter[]::new)))
            .listed(tags.stream().map(Artifact::tagged))
            .map(Artifact::tag)
            .toList());

        assertThat(selected).isEqualTo(Set.copyOf(model(filters, new ArrayList<>(tags))));
    }

    private static List<String> model(List<Filter> filters, List<String> tags) {
        List<String> left = tags;
        for (Filter filter : filters) {
            left = switch (filter.type()) {
                case "latest" -> latest(Integer.parseInt(filter.value().split(" ", -1)[0]),
                        filter.value().endsWith("by name"), left);
                case "tag" -> keep(filter, left, Glob.of(filter.value())::matches);
                case "tag_regex" -> keep(filter, left, Pattern.compile("\\A(?:" + filter.value() + ")\\z")::matches);
                default -> keep(filter, left, (tag) -> {
                    Semver version = version(tag);
                    return version != null && version.satisfies(filter.value());
                });
            };
        }
        return left;
    }

    private static List<String> keep(Filter filter, List<String> tags, Predicate<String> found) {
        return tags.stream()
            .filter((tag) -> found.test(tag) == (filter.decoration() == Filter.Decoration.MATCHES))
            .toList();
    }

    private static List<String> latest(int most, boolean byName, List<String> tags) {
        List<String> sorted = new ArrayList<>(
                tags.stream().filter((tag) -> byName || version(tag) != null).sorted().toList());
        if (!byName) {
            sorted.sort(Comparator.comparing((tag) -> Objects.requireNonNull(version(tag))));
        }
        return sorted.subList(Math.max(0, sorted.size() - most), sorted.size());
    }

    private static @Nullable Semver version(String tag) {
        return Semver.parse(tag.replace('_', '+'));
    }

    @Provide
    static Arbitrary<List<Filter>> filters() {
        Arbitrary<Filter> names = Combinators
            .combine(Arbitraries.of(List.of("tag", "1.*"), List.of("tag", "*-rc*"), List.of("tag_regex", "v?1\\..*"),
                    List.of("tag_regex", "[a-z]+|.*rc.*"), List.of("tag_semver", "^1.1"),
                    List.of("tag_semver", ">=1.2.0 <3")), Arbitraries.of(Filter.Decoration.class))
            .as((kind, decoration) -> new Filter(kind.get(0), kind.get(1), decoration));
        Arbitrary<Filter> ranks = Arbitraries.of("1", "3 by semver", "2 by name", "50")
            .map((value) -> Filter.matching("latest", value));
        return Arbitraries.oneOf(names, names, ranks).list().ofMaxSize(4);
    }

    @Provide
    static Arbitrary<Set<String>> tags() {
        Arbitrary<String> versions = Combinators
            .combine(Arbitraries.of("", "v"), Arbitraries.integers().between(0, 3),
                    Arbitraries.integers().between(0, 12), Arbitraries.of("", "-rc.1", "-rc.10", "-alpine", "_b1"))
            .as((v, major, minor, rest) -> v + major + "." + minor + ".0" + rest);
        return Arbitraries.oneOf(versions, versions, Arbitraries.of("latest", "edge", "1.2", "1", "zeta-rc"))
            .set()
            .ofMaxSize(25);
    }

}
