package replication.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import fixtures.Samples;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import replication.registry.RepositoryQuery;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a policy lists, what events start it for and what its filters let pass are one
 * set, whatever the filters.
 */
class SelectionTest {

    private static final String MANY = "{library/busybox,team-{%s}/{%s}}".formatted(numbered("t", 11),
            numbered("app", 10));

    @Property(tries = 3000)
    void listed_told_and_matched_are_one_set(@ForAll("policies") Policy policy,
            @ForAll("catalogs") Set<String> catalog) {
        Set<String> matched = matched(policy, catalog);
        Statistics.collect(matched.isEmpty() ? "none" : (matched.size() == catalog.size()) ? "all" : "some",
                (new RepositoryFilter(policy).query() instanceof RepositoryQuery.Named) ? "named" : "catalog");
        assertThat(listed(policy, catalog)).as("listed").isEqualTo(matched);
        assertThat(told(policy, catalog)).as("told by events").isEqualTo(matched);
    }

    @Example
    void too_many_alternatives_are_looked_for_in_the_catalog() {
        Policy policy = Samples.policy(name(MANY, Filter.Decoration.MATCHES));
        Set<String> catalog = Set.of("library/busybox", "team-t1/app1", "team-t11/app10", "team-t12/app1");

        assertThat(new RepositoryFilter(policy).query()).isEqualTo(RepositoryQuery.ALL);
        assertThat(listed(policy, catalog)).isEqualTo(told(policy, catalog))
            .containsExactlyInAnyOrder("library/busybox", "team-t1/app1", "team-t11/app10");
    }

    @Example
    void names_that_another_filter_or_the_namespaces_leave_out_are_not_asked_for() {
        Policy policy = Samples.policy(List.of("lib"), "", name("*/*", Filter.Decoration.MATCHES),
                name("{lib/a,lib/b,other/a}", Filter.Decoration.MATCHES), name("*/b", Filter.Decoration.EXCLUDES));

        assertThat(new RepositoryFilter(policy).query()).isEqualTo(new RepositoryQuery.Named(List.of("lib/a")));
        assertThat(
                new RepositoryFilter(Samples.policy(List.of("lib"), "", name("a", Filter.Decoration.MATCHES))).query())
            .isEqualTo(new RepositoryQuery.Named(List.of()));
    }

    @Example
    void a_wildcard_asks_for_the_namespaces_before_it_only() {
        assertThat(query(name("team/**", Filter.Decoration.MATCHES))).isEqualTo(catalog("team"));
        assertThat(query(name("team/a*", Filter.Decoration.MATCHES), name("*/app", Filter.Decoration.MATCHES)))
            .isEqualTo(catalog("team"));
        assertThat(query(name("te*", Filter.Decoration.MATCHES))).isEqualTo(catalog());
        assertThat(query(name("team/**", Filter.Decoration.EXCLUDES))).isEqualTo(catalog());
    }

    private static RepositoryQuery query(Filter... filters) {
        return new RepositoryFilter(Samples.policy(List.of(), "", filters)).query();
    }

    private static RepositoryQuery catalog(String... namespaces) {
        return new RepositoryQuery.Catalog(List.of(namespaces));
    }

    /** By each filter's pattern alone. */
    private static Set<String> matched(Policy policy, Set<String> catalog) {
        return sorted(catalog.stream()
            .filter((name) -> policy.selection()
                .filters()
                .stream()
                .allMatch((filter) -> Glob.of(filter.value())
                    .matches(name) == (filter.decoration() == Filter.Decoration.MATCHES)))
            .filter((name) -> policy.source().namespaces().isEmpty()
                    || policy.source().namespaces().stream().anyMatch((space) -> name.startsWith(space + "/"))));
    }

    /** As a listing does it: what is not in the catalog has no tags. */
    private static Set<String> listed(Policy policy, Set<String> catalog) {
        RepositoryFilter filter = new RepositoryFilter(policy);
        Stream<String> answer = switch (filter.query()) {
            case RepositoryQuery.Catalog wanted -> catalog.stream().filter(wanted::holds);
            case RepositoryQuery.Named(List<String> names) -> names.stream().filter(catalog::contains);
        };
        return sorted(
                answer.filter(filter::accepts).filter((name) -> NamespaceMapping.of(policy).map(name).isPresent()));
    }

    /** As the events of a push to each are given away, among other policies. */
    private static Set<String> told(Policy policy, Set<String> catalog) {
        PolicyIndex index = new PolicyIndex(List.of(policy));
        return sorted(catalog.stream()
            .filter((name) -> index.concernedBy(name)
                .filter((found) -> new RepositoryFilter(found).accepts(name))
                .anyMatch((found) -> NamespaceMapping.of(found).map(name).isPresent())));
    }

    private static Set<String> sorted(Stream<String> names) {
        return names.collect(Collectors.toCollection(TreeSet::new));
    }

    @Provide
    static Arbitrary<Policy> policies() {
        Arbitrary<Filter> filter = Combinators
            .combine(globs(),
                    Arbitraries.frequency(Tuple.of(3, Filter.Decoration.MATCHES),
                            Tuple.of(1, Filter.Decoration.EXCLUDES)))
            .as(SelectionTest::name);
        Arbitrary<List<String>> namespaces = Arbitraries.oneOf(Arbitraries.just(List.of()),
                Arbitraries.of("a", "b", "a/b", "team-t1").list().uniqueElements().ofMaxSize(2));
        return Combinators.combine(namespaces, filter.list().ofMaxSize(3))
            .as((spaces, filters) -> Samples.policy(spaces, "", filters.toArray(Filter[]::new)));
    }

    /** Most of the names that such globs spell out, and some that they do not. */
    @Provide
    static Arbitrary<Set<String>> catalogs() {
        Arbitrary<String> part = Arbitraries.of("a", "b", "ab", "c", "a*", "{a", "a,b");
        return part.list()
            .ofMinSize(1)
            .ofMaxSize(3)
            .map((parts) -> String.join("/", parts))
            .injectDuplicates(0.1)
            .list()
            .ofMaxSize(30)
            .map((names) -> {
                Set<String> all = new TreeSet<>(names);
                all.addAll(List.of("a", "ab", "a/b", "library/busybox", "team-t1/app1", "team-t12/app1"));
                return all;
            });
    }

    private static Arbitrary<String> globs() {
        return Arbitraries.frequencyOf(Tuple.of(6, paths()), Tuple.of(1, Arbitraries.of("", "**", MANY)),
                Tuple.of(3, alternatives(paths())));
    }

    private static Arbitrary<String> paths() {
        Arbitrary<String> plain = Arbitraries.of("a", "b", "ab", "c", "");
        Arbitrary<String> wild = Arbitraries.of("*", "**", "a*", "?", "[ab]", "[^a]", "[a-c]b");
        Arbitrary<String> escaped = Arbitraries.of("\\a", "a\\*", "\\{a", "a\\,b", "\\\\");
        Arbitrary<String> braces = alternatives(
                Arbitraries.oneOf(plain, alternatives(plain), escaped, Arbitraries.of("a/b", "/a")));
        return Arbitraries.frequencyOf(Tuple.of(5, plain), Tuple.of(1, wild), Tuple.of(1, escaped), Tuple.of(4, braces))
            .list()
            .ofMinSize(1)
            .ofMaxSize(3)
            .map((parts) -> String.join("/", parts));
    }

    private static Arbitrary<String> alternatives(Arbitrary<String> each) {
        return each.list().ofMinSize(1).ofMaxSize(4).map((parts) -> {
            List<String> twice = new ArrayList<>(parts);
            twice.add(parts.getFirst());
            return "{" + String.join(",", twice) + "}";
        });
    }

    private static Filter name(String glob, Filter.Decoration decoration) {
        return new Filter("name", glob, decoration);
    }

    private static String numbered(String name, int count) {
        return IntStream.rangeClosed(1, count).mapToObj((i) -> name + i).collect(Collectors.joining(","));
    }

}
