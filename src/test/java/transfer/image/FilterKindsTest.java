package transfer.image;

import java.util.List;
import java.util.Map;
import java.util.Set;

import fixtures.ArtifactTypeFilter;
import fixtures.Image;
import fixtures.Images;
import fixtures.LabelledRegistry;
import fixtures.MemoryRegistry;
import oci.model.RegistryFailure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import replication.Refusal;
import replication.execution.copy.Outcome;
import replication.execution.copy.Subject;
import replication.policy.Filter;
import replication.policy.FilterKinds;
import transfer.Copying;
import transfer.filter.LabelFilter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Filters that main does not have need a file each and a place in the list of kinds; what
 * is dear is asked only of what the cheap ones have left.
 */
class FilterKindsTest {

    private static final FilterKinds KINDS = new FilterKinds(List.of(new LabelFilter(), new ArtifactTypeFilter()));

    private static final Filter TAG = Filter.excluding("tag", "*-rc");

    private static final Filter LABEL = Filter.matching("label", "team=blue");

    private static final Filter TYPE = Filter.matching("artifact_type", "text/chart");

    private final MemoryRegistry source = new MemoryRegistry();

    private final MemoryRegistry destination = new MemoryRegistry();

    private final LabelledRegistry labelled = new LabelledRegistry(this.source, Map.of("v1", Map.of("team", "blue"),
            "v2", Map.of("team", "blue"), "v2-rc", Map.of("team", "blue"), "v3", Map.of("team", "red")));

    @BeforeEach
    void push() {
        this.source.seed("app", "v1", Images.artifact("text/chart"));
        this.source.seed("app", "v2", Images.artifact("text/image"));
        this.source.seed("app", "v2-rc", Images.artifact("text/chart"));
        this.source.seed("app", "v3", Images.artifact("text/chart"));
        this.source.seed("app", "v4", Images.artifact("text/chart"));
    }

    @Test
    void one_that_looks_at_the_listing_costs_no_request() {
        assertThat(copying(LABEL, TAG).all("app")).extracting(Outcome::reference).containsExactlyInAnyOrder("v1", "v2");
        assertThat(this.source.journal("HEAD")).isEmpty();
        assertThat(this.source.journal("GET manifest")).hasSize(2);
    }

    @Test
    void one_that_looks_at_content_reads_only_what_the_others_have_left() {
        assertThat(copying(TYPE, LABEL, TAG).all("app")).extracting(Outcome::reference).containsExactly("v1");
        assertThat(this.source.journal("GET manifest")).containsOnly("GET manifest app v1", "GET manifest app v2");
        assertThat(this.destination.tags("app")).containsOnlyKeys("v1");
    }

    @Test
    void content_is_not_read_of_what_is_equal_already() {
        copying(TYPE).all("app");
        this.source.untag("app", "v2");
        this.source.forgetJournal();

        assertThat(copying(TYPE).all("app")).isEmpty();
        assertThat(this.source.journal("GET manifest")).isEmpty();
    }

    @Test
    void content_is_read_once_for_all_runs_with_the_same_filters() {
        this.destination.seed("app", "v2", Images.artifact("text/older"));
        copying(TYPE).all("app");
        this.source.forgetJournal();

        assertThat(copying(TYPE).all("app")).isEmpty();
        assertThat(this.source.journal("GET manifest")).isEmpty();
        assertThat(copying(Filter.excluding("artifact_type", "text/chart")).all("app")).extracting(Outcome::reference)
            .containsExactly("v2");
    }

    @Test
    void of_a_tag_that_an_event_names_the_listing_is_asked() {
        Copying copying = copying(LABEL).about(Set.of("v1", "v3"), Set.of());

        assertThat(copying.all("app")).extracting(Outcome::reference).containsExactly("v1");
    }

    @Test
    void content_that_could_not_be_read_to_compare_is_looked_at_before_it_is_copied() {
        Image other = Images.artifact("text/image");
        this.source.seed("web", "v1", other);
        this.source.faults()
            .fail("GET manifest web", 1, () -> new RegistryFailure.Transient("read manifest v1 of web: 503", null));

        assertThat(copying(TYPE).one("web")).isEqualTo(Outcome.skipped(new Subject.Tag("v1"), other.digest().toString(),
                "its content does not pass the policy's filters any more"));
        assertThat(this.destination.tags("web")).isEmpty();
    }

    @Test
    void one_that_nobody_has_is_refused_by_name_and_one_that_makes_no_sense_by_value() {
        assertThatCode(() -> KINDS.check("filters[0]", LABEL)).doesNotThrowAnyException();
        assertThatExceptionOfType(Refusal.Invalid.class)
            .isThrownBy(() -> FilterKinds.BUILT_IN.check("filters[0]", LABEL))
            .withMessage("a filter's type is name, name_regex, tag, tag_regex or resource, not \"label\"")
            .satisfies((refused) -> assertThat(refused.field()).isEqualTo("filters[0].type"));
        assertThatExceptionOfType(Refusal.Invalid.class)
            .isThrownBy(() -> KINDS.check("filters[0]", Filter.matching("label", " ")))
            .satisfies((refused) -> assertThat(refused.field()).isEqualTo("filters[0].value"));
    }

    private Copying copying(Filter... filters) {
        return new Copying(this.labelled, this.destination).selecting(KINDS, filters);
    }

}
