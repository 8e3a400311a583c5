package replication.policy;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NamespaceMappingTest {

    @Test
    void keeps_names_without_a_destination_namespace() {
        assertThat(map(List.of(), "", "org/team/app")).contains("org/team/app");
        assertThat(map(List.of("org"), "", "org/team/app")).contains("org/team/app");
    }

    @Test
    void replaces_the_whole_namespace_where_no_source_namespace_is_named() {
        assertThat(map(List.of(), "mirror", "org/team/app")).contains("mirror/app");
        assertThat(map(List.of(), "mirror", "app")).contains("mirror/app");
    }

    @Test
    void replaces_the_source_namespace_and_keeps_what_lies_below() {
        assertThat(map(List.of("org"), "mirror", "org/app")).contains("mirror/app");
        assertThat(map(List.of("org"), "mirror", "org/team/app")).contains("mirror/team/app");
        assertThat(map(List.of("org/team"), "a/b", "org/team/app")).contains("a/b/app");
    }

    @Test
    void takes_the_longest_source_namespace_that_fits() {
        assertThat(map(List.of("org", "org/team"), "mirror", "org/team/app")).contains("mirror/app");
        assertThat(map(List.of("org/team", "org"), "mirror", "org/team/app")).contains("mirror/app");
    }

    @Test
    void leaves_out_what_lies_in_no_source_namespace() {
        assertThat(map(List.of("org"), "mirror", "organisation/app")).isEmpty();
        assertThat(map(List.of("org"), "mirror", "org")).isEmpty();
        assertThat(map(List.of("org"), "", "app")).isEmpty();
    }

    private static Optional<String> map(List<String> sources, String destination, String repository) {
        return new NamespaceMapping(sources, destination).map(repository);
    }

}
