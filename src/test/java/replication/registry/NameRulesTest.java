package replication.registry;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
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

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|',
            textBlock = """
                    hub    | team/app             |
                    hub    | team/tools/lint      | Hub takes two levels; "team/tools/lint" would become "team/tools-lint"
                    hub    | a/b/c/d              | Hub takes two levels; "a/b/c/d" would become "a/b-c-d"
                    hub    | app                  | Hub takes two levels, but the name is "app"
                    hub    | Team/App             | Hub takes no "Team" as a part of a name; "Team/App" would become "team/app"
                    hub    | team/_x              | Hub takes no "_x" as a part of a name; "team/_x" would become "team/x"
                    google | project/lib          | Google takes at least three levels (project/repository/…), but the name is "project/lib"
                    google | project/lib/a/b      |
                    swr    | a-long-one/app       | SWR takes at most 8 characters before the first slash of a name, but the name is "a-long-one/app"
                    swr    | team/a/b/c/d         |
                    swr    | team/a/b/c/d/e       | SWR takes at most 8 characters after the first slash of a name, but the name is "team/a/b/c/d/e"
                    swr    | team/abcdefghi       | SWR takes at most 8 characters after the first slash of a name, but the name is "team/abcdefghi"
                    """)
    void a_name_is_refused_with_one_that_fits(String kind, String name, @Nullable String fault) {
        NameRules rules = switch (kind) {
            case "hub" -> new NameRules(2, 2, 255).withLevel(NameRules.LOWER);
            case "google" -> new NameRules(3, Integer.MAX_VALUE, 255).withFixed("project", "repository");
            default -> new NameRules(2, Integer.MAX_VALUE, 255).withLengths(8, 8);
        };
        String taker = switch (kind) {
            case "hub" -> "Hub";
            case "google" -> "Google";
            default -> "SWR";
        };
        assertThat(rules.fault(taker, name).orElse(null)).isEqualTo(fault);
    }

    @Test
    void a_namespace_is_measured_as_well() {
        NameRules rules = new NameRules(2, 9, 30).withLengths(8, 8).withLevel(NameRules.LOWER);
        assertThat(rules.fault("team")).isEmpty();
        assertThat(rules.fault("a-long-one"))
            .contains("a registry of this kind takes at most 8 characters before the first slash of a name");
        assertThat(rules.faultBelow("team/abcdefgh"))
            .contains("a registry of this kind takes at most 8 characters after the first slash of a name");
        assertThat(rules.faultBelow("Team")).contains("a registry of this kind takes no \"Team\" as a part of a name");
    }

}
