package transfer.image;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import fixtures.Image;
import fixtures.Images;
import fixtures.MemoryRegistry;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import replication.execution.copy.Change;
import replication.execution.copy.Outcome;
import replication.execution.copy.RepositoryCopy;
import replication.execution.copy.Subject;
import transfer.Copying;
import transfer.Put;
import transfer.pace.TransferSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

@Timeout(60)
class TagDiffTest {

    private final MemoryRegistry source = new MemoryRegistry();

    private final MemoryRegistry destination = new MemoryRegistry();

    private final Copying copying = new Copying(this.source, this.destination);

    @Test
    void an_unchanged_tag_costs_two_heads_and_no_write() {
        Image image = Images.image(1, 100);
        this.source.seed("app", "v1", image);
        this.destination.seed("app", "v1", image);
        try (RepositoryCopy copy = this.copying.open("app", "app")) {
            assertThat(copy.changes().hasNext()).isFalse();
            assertThat(copy.unchanged()).isEqualTo(1);
        }
        assertThat(this.source.journal()).containsExactly("GET tags app", "HEAD manifest app v1");
        assertThat(this.destination.journal()).containsExactly("GET tags app", "HEAD manifest app v1");
    }

    @Test
    void where_both_sides_list_digests_a_thousand_unchanged_tags_cost_twenty_requests() {
        this.source.listingDigests(100);
        this.destination.listingDigests(100);
        Image image = Images.image(1, 100);
        for (int i = 0; i < 1000; i++) {
            this.source.seed("app", "v" + i, image);
            this.destination.seed("app", "v" + i, image);
        }
        try (RepositoryCopy copy = this.copying.open("app", "app")) {
            assertThat(copy.changes().hasNext()).isFalse();
            assertThat(copy.unchanged()).isEqualTo(1000);
        }
        assertThat(this.source.journal()).hasSize(10);
        assertThat(this.destination.journal()).hasSize(10);
    }

    @Test
    void where_both_sides_list_digests_only_what_differs_is_read() {
        this.source.listingDigests(2);
        this.destination.listingDigests(2);
        Image old = Images.image(1, 100);
        Image fresh = Images.image(2, 100);
        this.source.seed("app", "same", old);
        this.source.seed("app", "moved", fresh);
        this.source.seed("app", "added", old);
        this.destination.seed("app", "same", old);
        this.destination.seed("app", "moved", old);
        assertThat(this.copying.all("app")).extracting(Outcome::reference).containsExactlyInAnyOrder("moved", "added");
        assertThat(this.source.journal("HEAD manifest")).isEmpty();
        assertThat(this.destination.journal("HEAD manifest app same")).isEmpty();
        assertThat(this.destination.tags("app")).isEqualTo(this.source.tags("app"));
    }

    @Test
    void where_one_side_lists_digests_the_other_alone_is_asked_for_each() {
        this.destination.listingDigests(100);
        Image image = Images.image(1, 100);
        this.source.seed("app", "v1", image);
        this.destination.seed("app", "v1", image);
        try (RepositoryCopy copy = this.copying.open("app", "app")) {
            assertThat(copy.changes().hasNext()).isFalse();
            assertThat(copy.unchanged()).isEqualTo(1);
        }
        assertThat(this.source.journal()).containsExactly("GET tags app", "HEAD manifest app v1");
        assertThat(this.destination.journal()).containsExactly("GET digests app 0");
    }

    @Test
    void what_a_list_lacks_is_told_when_all_of_it_is_compared_and_nothing_is_deleted_by_it() {
        Image old = Images.image(1, 100);
        for (int i = 0; i < 20; i++) {
            this.source.seed("app", "v" + i, (i % 2 == 0) ? old : Images.image(2, 100));
            this.destination.seed("app", "v" + i, old);
        }
        Put put = new Put();
        put.tags.put("v77", old.digest().toString());
        put.tags.put("v1", old.digest().toString());
        this.destination.seed("app", "v77", old);
        this.source.lacks("1 of its entries is no name: null");
        try (RepositoryCopy copy = this.copying.carryingDeletions(put).open("app", "app")) {
            Iterator<Change> changes = copy.changes();
            List<String> differing = new ArrayList<>();
            assertThatExceptionOfType(RegistryFailure.Incomplete.class).isThrownBy(() -> {
                while (changes.hasNext()) {
                    differing.add(changes.next().reference());
                }
            }).withMessage("1 of its entries is no name: null");
            assertThat(differing).hasSize(10).doesNotContain("v77");
            assertThat(copy.unchanged()).isEqualTo(10);
        }
    }

    @Test
    void a_tag_that_the_destination_lacks_comes_without_a_head() {
        this.source.seed("app", "v1", Images.image(1, 100));
        try (RepositoryCopy copy = this.copying.open("app", "app")) {
            assertThat(Copying.stream(copy.changes())).containsExactly(Change.ofTag("v1", "", ""));
        }
        assertThat(this.source.journal()).containsExactly("GET tags app");
        assertThat(this.destination.journal()).containsExactly("GET tags app");
    }

    @Test
    void a_tag_that_differs_comes_with_both_digests() {
        Image wanted = Images.image(1, 100);
        Image present = Images.image(2, 100);
        this.source.seed("app", "v1", wanted);
        this.destination.seed("app", "v1", present);
        try (RepositoryCopy copy = this.copying.open("app", "app")) {
            assertThat(Copying.stream(copy.changes()))
                .containsExactly(Change.ofTag("v1", wanted.digest().toString(), present.digest().toString()));
        }
    }

    @Test
    void only_tags_that_the_filters_let_pass_come() {
        Image image = Images.image(1, 100);
        for (String tag : List.of("v1", "v2", "nightly")) {
            this.source.seed("app", tag, image);
        }
        this.copying.onlyTags("v*").onlyTags("*2");
        try (RepositoryCopy copy = this.copying.open("app", "app")) {
            assertThat(Copying.stream(copy.changes())).extracting(Change::reference).containsExactly("v2");
        }
    }

    @Test
    void a_new_tag_does_not_wait_for_comparisons() {
        Image image = Images.image(1, 100);
        this.source.seed("app", "a", image);
        this.source.seed("app", "b", image);
        this.destination.seed("app", "a", image);
        this.destination.faults().hang("HEAD manifest");
        try (RepositoryCopy copy = this.copying.open("app", "app")) {
            assertThat(copy.changes().next().reference()).isEqualTo("b");
        }
    }

    @Test
    void one_tag_that_cannot_be_compared_fails_alone() {
        Image image = Images.image(1, 100);
        for (String tag : List.of("bad", "good")) {
            this.source.seed("app", tag, image);
            this.destination.seed("app", tag, Images.image(2, 100));
        }
        this.destination.faults()
            .fail("HEAD manifest app bad", Integer.MAX_VALUE,
                    () -> new RegistryFailure.Transient("head bad: 500", null));
        assertThat(this.copying.all("app")).satisfiesExactlyInAnyOrder(
                (outcome) -> assertThat(outcome)
                    .isEqualTo(Outcome.copied(new Subject.Tag("good"), image.digest().toString(), 123)),
                (outcome) -> assertThat(outcome)
                    .isEqualTo(Outcome.failedForNow(new Subject.Tag("bad"), "", 0, "head bad: 500")));
    }

    @Test
    void a_comparison_that_failed_once_is_made_up_for_by_the_copy() {
        Image image = Images.image(1, 100);
        this.source.seed("app", "v1", image);
        this.destination.seed("app", "v1", image);
        this.source.faults().fail("HEAD manifest", 1, () -> new RegistryFailure.Transient("500", null));
        assertThat(this.copying.one("app"))
            .isEqualTo(Outcome.unchanged(new Subject.Tag("v1"), image.digest().toString()));
        assertThat(this.destination.journal("PUT")).isEmpty();
    }

    @Test
    void a_tag_that_has_gone_from_the_source_is_passed_over() {
        Image image = Images.image(1, 100);
        this.source.seed("app", "v1", image);
        this.destination.seed("app", "v1", image);
        this.source.faults().script("HEAD manifest app v1", 1, (_) -> this.source.untag("app", "v1"));
        assertThat(this.copying.all("app")).isEmpty();
        assertThat(this.copying.log).singleElement().asString().contains("v1", "gone from the source");
    }

    @Test
    void a_new_tag_that_goes_before_its_copy_is_skipped() {
        this.source.seed("app", "v1", Images.image(1, 100));
        this.source.faults().script("GET manifest app v1", 1, (_) -> this.source.untag("app", "v1"));
        assertThat(this.copying.one("app").result()).isEqualTo(Outcome.Result.SKIPPED);
    }

    @Test
    void a_listing_that_fails_ends_the_iteration() {
        this.source.faults().fail("GET tags", 1, () -> new RegistryFailure.Permanent("list tags of app: 400"));
        try (RepositoryCopy copy = this.copying.open("app", "app")) {
            Iterator<Change> changes = copy.changes();
            assertThatThrownBy(changes::hasNext).isInstanceOf(RegistryFailure.Permanent.class);
        }
    }

    @Test
    void compares_no_more_than_the_bound_ahead() {
        Image image = Images.image(1, 100);
        for (int i = 0; i < 20; i++) {
            this.source.seed("app", "v" + i, image);
            this.destination.seed("app", "v" + i, Images.image(2, 100));
        }
        this.source.faults().hang("HEAD manifest");
        Copying bounded = new Copying(this.source, this.destination,
                new TransferSettings(4, 8, 0, 0, 1000, 1000, 8, 1000, Copying.FAST));
        try (RepositoryCopy copy = bounded.open("app", "app")) {
            CompletableFuture<Boolean> reader = Copying.start(() -> copy.changes().hasNext());
            await().until(() -> this.source.journal("HEAD").size() == 4);
            bounded.stop.stop();
            assertThat(reader).failsWithin(10, TimeUnit.SECONDS)
                .withThrowableThat()
                .withCauseInstanceOf(StopSignal.Stopped.class);
            assertThat(this.source.journal("HEAD")).hasSize(4);
        }
    }

    @Test
    void closing_ends_comparisons_that_hang() throws InterruptedException {
        Image image = Images.image(1, 100);
        this.source.seed("app", "v1", image);
        this.destination.seed("app", "v1", image);
        this.destination.faults().hang("HEAD manifest");
        RepositoryCopy copy = this.copying.open("app", "app");
        CompletableFuture<Boolean> reader = Copying.start(() -> copy.changes().hasNext());
        this.destination.faults().awaitHanging();
        copy.close();
        assertThat(reader).failsWithin(10, TimeUnit.SECONDS);
    }

    @Test
    void fifty_thousand_tags_pass_in_little_memory() {
        Image image = Images.image(1, 100);
        image.pushTo(this.source.target("app", new StopSignal()), "v0");
        this.destination.seed("app", "v0", image);
        for (int i = 0; i < 50_000; i++) {
            this.source.plant("app", "v" + i, image.manifest());
            if (i % 1000 != 0) {
                this.destination.plant("app", "v" + i, image.manifest());
            }
        }
        this.source.writeNoJournal();
        this.destination.writeNoJournal();
        try (RepositoryCopy copy = this.copying.open("app", "app")) {
            assertThat(Copying.stream(copy.changes())).hasSize(49);
            assertThat(copy.unchanged()).isEqualTo(50_000 - 49);
        }
    }

    @Test
    void a_stopped_copy_throws_so() {
        this.copying.stop.stop();
        try (RepositoryCopy copy = this.copying.open("app", "app")) {
            assertThatExceptionOfType(StopSignal.Stopped.class).isThrownBy(() -> copy.changes().hasNext());
            assertThatExceptionOfType(StopSignal.Stopped.class).isThrownBy(() -> copy.copy(Change.ofTag("v1", "", "")));
        }
    }

}
