package replication.policy;

import java.util.List;

import fixtures.Samples;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PolicyIndexTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            -      | lib/app         | lib/app     | true
            -      | lib/app         | lib/apps    | false
            -      | lib/**          | lib/app     | true
            -      | lib/**          | other/app   | false
            -      | lib/{a,b}       | lib/a       | true
            -      | lib/{a,b}       | lib/c       | false
            -      | lib*/app        | other/app   | true
            -      | **              | a           | true
            team/a | -               | team/a/app  | true
            team/a | -               | team/b/app  | false
            team/a | **/app          | team/b/app  | false
            """)
    void only_those_whose_names_begin_alike_are_asked(String namespace, String name, String repository, boolean asked) {
        Policy policy = policy((namespace != null) ? List.of(namespace) : List.of(), (name != null) ? name : "");
        assertThat(new PolicyIndex(List.of(policy)).concernedBy(repository).toList())
            .isEqualTo(asked ? List.of(policy) : List.of());
    }

    @Property(tries = 2000)
    void whatever_takes_a_repository_is_found_once(@ForAll("namespaces") List<String> namespaces,
            @ForAll("globs") String glob, @ForAll("names") String repository) {
        Policy policy = policy(namespaces, glob);
        boolean takes = new RepositoryFilter(policy).accepts(repository)
                && NamespaceMapping.of(policy).map(repository).isPresent();
        List<Policy> found = new PolicyIndex(List.of(policy)).concernedBy(repository).toList();
        assertThat(found).hasSizeLessThanOrEqualTo(1);
        if (takes) {
            assertThat(found).containsExactly(policy);
        }
    }

    private static Policy policy(List<String> namespaces, String name) {
        return Samples.policy(namespaces, "", Filter.matching("name", name));
    }

    @Provide
    static Arbitrary<List<String>> namespaces() {
        return names().list().uniqueElements().ofMaxSize(2);
    }

    @Provide
    static Arbitrary<String> names() {
        return paths("a", "b", "ab");
    }

    @Provide
    static Arbitrary<String> globs() {
        return paths("a", "b", "ab", "**", "*", "a*", "?", "[ab]", "{a,b}", "{a,b/a}", "\\a");
    }

    private static Arbitrary<String> paths(String... components) {
        return Arbitraries.of(components).list().ofMinSize(1).ofMaxSize(3).map((parts) -> String.join("/", parts));
    }

}
