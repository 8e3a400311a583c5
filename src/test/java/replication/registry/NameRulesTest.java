package replication.registry;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class NameRulesTest {

    @ParameterizedTest(name = "{0} in {1} to {2}")
    @CsvSource(delimiter = '|',
            textBlock = """
                    team          | 2 | 2 |
                    team/tools    | 2 | 2 | a repository's name has 2 levels here, but in "team/tools" it would have 3; "team-tools" would fit
                    a/b/c/d       | 2 | 4 | a repository's name has at most 4 levels here, but in "a/b/c/d" it would have 5; "a/b/c-d" would fit
                    team          | 1 | 1 | a repository's name has 1 level here, but in "team" it would have 2
                    team          | 3 | 9 | a repository's name has at least 3 levels here, but in "team" it would have 2
                    """)
    void a_namespace_of_too_many_levels_is_refused_with_one_that_fits(String namespace, int least, int most,
            String fault) {
        assertThat(new NameRules(least, most, 255).fault(namespace).orElse(null)).isEqualTo(fault);
    }

}
