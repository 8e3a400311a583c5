package transfer;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import fixtures.Image;
import fixtures.Images;
import fixtures.MemoryRegistry;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import replication.execution.copy.Change;
import replication.execution.copy.Outcome;
import replication.execution.copy.RepositoryCopy;
import replication.execution.copy.Subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What has gone from the source goes from the destination, and nothing else does. */
@Timeout(60)
class DeletionTest {

    private final MemoryRegistry source = new MemoryRegistry();

    private final MemoryRegistry destination = new MemoryRegistry();

    private final Put put = new Put();

    private final Copying copying = new Copying(this.source, this.destination).carryingDeletions(this.put);

    private final Image image = Images.image(1, 100);

    private final Image other = Images.image(2, 100);

    @BeforeEach
    void copied() {
        // v1 has gone from the source, and v2 is there.
        this.destination.seed("app", "v1", this.image);
        this.put.tags.put("v1", this.image.digest().toString());
        this.source.seed("app", "v2", this.other);
        this.destination.seed("app", "v2", this.other);
        this.put.tags.put("v2", this.other.digest().toString());
    }

    private List<String> deletions() {
        return this.destination.journal("DELETE");
    }

    private Outcome told(String tag) {
        return this.copying.deleted(tag).one("app");
    }

    @Test
    void a_whole_execution_deletes_what_the_policy_put_there_and_the_source_lacks() {
        assertThat(this.copying.one("app"))
            .isEqualTo(Outcome.deleted(new Subject.Tag("v1"), this.image.digest().toString()));
        assertThat(this.destination.tags("app")).containsOnlyKeys("v2");
    }

    @Test
    void a_plan_says_what_would_be_deleted_and_leaves_it() {
        assertThat(this.copying.planning().one("app"))
            .isEqualTo(Outcome.wouldDelete(new Subject.Tag("v1"), this.image.digest().toString()));
        this.put.others.put("v1", "archive");
        assertThat(this.copying.one("app").result()).isEqualTo(Outcome.Result.KEPT);
        assertThat(this.destination.tags("app")).containsOnlyKeys("v1", "v2");
        assertThat(deletions()).isEmpty();
    }

    @Test
    void an_event_deletes_the_tag_that_it_names_alone() {
        this.destination.seed("app", "v3", this.image);
        this.put.tags.put("v3", this.image.digest().toString());
        assertThat(told("v1")).isEqualTo(Outcome.deleted(new Subject.Tag("v1"), this.image.digest().toString()));
        assertThat(this.destination.tags("app")).containsOnlyKeys("v2", "v3");
        assertThat(this.source.journal("GET tags")).hasSize(1);
        assertThat(this.source.journal("GET manifest app v1")).hasSizeGreaterThan(1);
    }

    @Test
    void without_the_policy_s_word_nothing_is_deleted() {
        Copying without = new Copying(this.source, this.destination);
        assertThat(without.all("app")).isEmpty();
        assertThat(without.deleted("v1").all("app")).isEmpty();
        assertThat(deletions()).isEmpty();
    }

    @Test
    void what_comes_again_between_the_listing_and_the_deletion_is_kept() {
        try (RepositoryCopy copy = this.copying.open("app", "app")) {
            Change gone = copy.changes().next();
            assertThat(gone.gone()).isTrue();
            this.source.seed("app", "v1", this.other);
            assertThat(copy.copy(gone).reason()).startsWith("the source does not list it, but gives it");
        }
        assertThat(deletions()).isEmpty();
    }

    @Test
    void what_somebody_else_has_changed_is_kept() {
        this.destination.seed("app", "v1", this.other);
        assertThat(told("v1")).isEqualTo(Outcome.kept(new Subject.Tag("v1"), this.other.digest().toString(),
                "the source has it no more, but somebody has changed it since: it was " + this.image.digest()));
        assertThat(this.copying.all("app")).extracting(Outcome::result).containsExactly(Outcome.Result.KEPT);
        assertThat(deletions()).isEmpty();
    }

    @Test
    void what_changes_at_the_destination_after_it_was_compared_is_kept() {
        try (RepositoryCopy copy = this.copying.open("app", "app")) {
            Change gone = copy.changes().next();
            this.destination.seed("app", "v1", this.other);
            assertThat(copy.copy(gone).result()).isEqualTo(Outcome.Result.KEPT);
        }
        assertThat(deletions()).isEmpty();
    }

    @Test
    void what_the_policy_has_not_put_there_is_kept() {
        this.put.tags.remove("v1");
        assertThat(told("v1").reason()).contains("this policy has not put it there");
        assertThat(this.copying.all("app")).extracting(Outcome::result).doesNotContain(Outcome.Result.DELETED);
        assertThat(this.destination.tags("app")).containsOnlyKeys("v1", "v2");
        assertThat(deletions()).isEmpty();
    }

    @Test
    void what_another_policy_has_put_there_as_well_is_kept() {
        this.put.others.put("v1", "archive");
        assertThat(told("v1")).isEqualTo(Outcome.kept(new Subject.Tag("v1"), this.image.digest().toString(),
                "the source has it no more, but the policy archive has put it there as well"));
        assertThat(deletions()).isEmpty();
    }

    @Test
    void where_manifests_go_by_digest_only_a_tag_does_not_take_along_one_that_is_kept() {
        this.destination.deleteByDigestOnly();
        this.destination.seed("app", "v3", this.image);
        this.put.tags.put("v3", this.image.digest().toString());
        this.put.others.put("v3", "archive");
        assertThat(this.copying.all("app")).extracting(Outcome::result)
            .containsExactly(Outcome.Result.KEPT, Outcome.Result.KEPT);
        assertThat(this.destination.tags("app")).containsOnlyKeys("v1", "v2", "v3");
        this.put.others.clear();
        assertThat(this.copying.all("app")).extracting(Outcome::result).containsOnly(Outcome.Result.DELETED);
        assertThat(this.destination.tags("app")).containsOnlyKeys("v2");
    }

    @Test
    void what_the_policy_put_there_without_its_digest_being_known_is_kept() {
        this.put.tags.put("v1", "");
        assertThat(told("v1").reason()).contains("is not known");
        assertThat(deletions()).isEmpty();
    }

    @Test
    void what_the_filters_do_not_let_pass_any_more_is_kept() {
        this.copying.onlyTags("v2");
        assertThat(this.copying.all("app")).isEmpty();
        assertThat(this.copying.deleted("v1").all("app")).isEmpty();
        assertThat(deletions()).isEmpty();
    }

    @Test
    void a_source_that_lists_nothing_at_all_deletes_nothing() {
        this.source.loseAll("app");
        assertThat(this.copying.all("app")).hasSize(2)
            .allSatisfy((outcome) -> assertThat(outcome.result()).isEqualTo(Outcome.Result.KEPT))
            .allSatisfy((outcome) -> assertThat(outcome.reason()).contains("lists no tags of the repository"));
        assertThat(this.destination.tags("app")).containsOnlyKeys("v1", "v2");
        assertThat(deletions()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void a_source_that_fails_while_it_lists_deletes_nothing(Supplier<RegistryFailure> fault) {
        this.source.faults().fail("GET tags", Integer.MAX_VALUE, fault::get);
        assertThatThrownBy(() -> this.copying.all("app")).isInstanceOf(RegistryFailure.class)
            .hasMessageStartingWith("the source");
        assertThat(deletions()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void a_source_that_fails_when_it_is_asked_deletes_nothing_and_says_so(Supplier<RegistryFailure> fault) {
        this.source.faults().fail("GET manifest app v1", Integer.MAX_VALUE, fault::get);
        assertThat(this.copying.all("app")).singleElement().satisfies(DeletionTest::failed);
        assertThat(told("v1")).satisfies(DeletionTest::failed);
        assertThat(deletions()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void a_source_that_fails_when_it_is_asked_again_deletes_nothing_and_says_so(Supplier<RegistryFailure> fault) {
        try (RepositoryCopy copy = this.copying.open("app", "app")) {
            Change gone = copy.changes().next();
            this.source.faults()
                .script("GET manifest app v1", 1,
                        (_) -> this.source.faults().fail("GET manifest app v1", Integer.MAX_VALUE, fault::get));
            assertThat(copy.copy(gone)).satisfies(DeletionTest::failed);
        }
        assertThat(deletions()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void a_destination_that_fails_when_it_is_asked_loses_nothing_and_says_so(Supplier<RegistryFailure> fault) {
        this.destination.faults().fail("HEAD manifest app v1", Integer.MAX_VALUE, fault::get);
        assertThat(told("v1").result()).isEqualTo(Outcome.Result.FAILED);
        assertThat(deletions()).isEmpty();
    }

    @Test
    void a_comparison_that_failed_once_is_made_up_for_by_the_deletion() {
        this.destination.faults()
            .fail("HEAD manifest app v1", 1, () -> new RegistryFailure.Transient("the destination: 500", null));
        assertThat(told("v1")).isEqualTo(Outcome.deleted(new Subject.Tag("v1"), this.image.digest().toString()));
        assertThat(deletions()).hasSize(1);
    }

    @Test
    void a_comparison_that_failed_once_deletes_nothing_where_there_is_nothing_to_delete() {
        this.source.faults()
            .fail("HEAD manifest app never", 1, () -> new RegistryFailure.Transient("the source: 500", null));
        assertThat(told("never").result()).isEqualTo(Outcome.Result.SKIPPED);
        assertThat(deletions()).isEmpty();
    }

    @Test
    void a_destination_that_refuses_to_delete_is_a_failure() {
        this.destination.faults()
            .fail("DELETE", 1, () -> new RegistryFailure.Unauthorized("the source is not to blame: 403"));
        assertThat(told("v1")).satisfies(DeletionTest::failed);
        assertThat(this.destination.tags("app")).containsKey("v1");
    }

    @Test
    void without_override_what_the_policy_put_there_is_deleted_all_the_same_and_nothing_else() {
        this.destination.seed("app", "v3", this.other);
        this.copying.withoutOverride();
        assertThat(this.copying.one("app"))
            .isEqualTo(Outcome.deleted(new Subject.Tag("v1"), this.image.digest().toString()));
        assertThat(this.destination.tags("app")).containsOnlyKeys("v2", "v3");
    }

    @Test
    void a_deletion_that_comes_twice_is_done_once() {
        assertThat(told("v1").result()).isEqualTo(Outcome.Result.DELETED);
        assertThat(this.copying.deleted("v1").all("app")).isEmpty();
        assertThat(deletions()).hasSize(1);
    }

    @Test
    void what_went_from_the_destination_by_itself_is_no_request_more() {
        try (RepositoryCopy copy = this.copying.open("app", "app")) {
            Change gone = copy.changes().next();
            this.destination.untag("app", "v1");
            assertThat(copy.copy(gone).result()).isEqualTo(Outcome.Result.DELETED);
        }
        assertThat(deletions()).isEmpty();
    }

    @Test
    void once_the_task_is_stopped_nothing_more_is_deleted() {
        try (RepositoryCopy copy = this.copying.open("app", "app")) {
            Change gone = copy.changes().next();
            this.copying.stop.stop();
            assertThatThrownBy(() -> copy.copy(gone)).isInstanceOf(StopSignal.Stopped.class);
        }
        assertThat(deletions()).isEmpty();
    }

    static Stream<Supplier<RegistryFailure>> faults() {
        return Stream.of(() -> new RegistryFailure.Unauthorized("the source: 401"),
                () -> new RegistryFailure.Transient("the source: 500", null),
                () -> new RegistryFailure.Permanent("the source: 400"));
    }

    private static void failed(Outcome outcome) {
        assertThat(outcome.result()).isEqualTo(Outcome.Result.FAILED);
        assertThat(outcome.reason()).startsWith("the source");
    }

}
