package transfer.blob;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import fixtures.Image;
import fixtures.Images;
import fixtures.MemoryRegistry;
import fixtures.MountDeclined;
import oci.model.Descriptor;
import oci.model.HostRecords;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import replication.execution.copy.Change;
import replication.execution.copy.Outcome;
import replication.execution.copy.RepositoryCopy;
import replication.execution.copy.Subject;
import transfer.Copying;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(60)
class BlobDeliveryTest {

    private final MemoryRegistry source = new MemoryRegistry();

    private final MemoryRegistry destination = new MemoryRegistry();

    private final Copying copying = new Copying(this.source, this.destination);

    @Test
    void a_repository_with_tags_is_asked_for_large_blobs_only() {
        byte[] base = Images.bytes(1, 300_000);
        byte[] small = Images.bytes(2, 1000);
        this.destination.seed("app", "v1", Images.ofLayers(1, base, small));
        this.source.seed("app", "v2", Images.ofLayers(2, base, small));
        assertThat(this.copying.one("app").result()).isEqualTo(Outcome.Result.COPIED);
        String large = Images.blob(Images.LAYER, base).digest().toString();
        assertThat(this.destination.journal("HEAD blob")).containsExactly("HEAD blob app " + large);
        assertThat(this.destination.journal("POST")).hasSize(2).noneMatch((line) -> line.endsWith(large));
    }

    @Test
    void what_an_earlier_copy_put_there_is_confirmed_by_a_head() {
        Image image = Images.image(1, 1000);
        this.source.seed("app", "v1", image);
        this.destination.faults().fail("PUT manifest", 1, () -> new RegistryFailure.Permanent("put manifest v1: 507"));
        assertThat(this.copying.one("app").result()).isEqualTo(Outcome.Result.FAILED);
        this.destination.forgetJournal();
        assertThat(this.copying.one("app"))
            .isEqualTo(Outcome.copied(new Subject.Tag("v1"), image.digest().toString(), 0));
        assertThat(this.destination.journal("HEAD blob")).hasSize(2);
        assertThat(this.destination.journal("POST")).isEmpty();
    }

    @Test
    void mounts_what_another_repository_has_got() {
        Image image = Images.image(1, 1000, 2000);
        this.source.seed("one", "v1", image);
        this.source.seed("two", "v1", image);
        this.copying.one("one");
        this.destination.forgetJournal();
        assertThat(this.copying.one("two").bytes()).isZero();
        assertThat(this.destination.journal("MOUNT two")).hasSize(3).allMatch((line) -> line.endsWith("from one"));
        assertThat(this.destination.journal()).hasSize(1 + 3 + 1);
        assertThat(this.copying.log.getLast()).endsWith("(3 blobs, 3 mounted, 0 B)");
    }

    @Test
    void a_declined_mount_leaves_the_session_that_is_used() {
        Image image = Images.image(1, 1000);
        this.source.seed("one", "v1", image);
        this.source.seed("two", "v1", image);
        this.copying.one("one");
        this.destination.faults().fail("MOUNT", 2, MountDeclined::new);
        this.destination.forgetJournal();
        assertThat(this.copying.one("two").bytes()).isPositive();
        assertThat(this.destination.journal("POST")).isEmpty();
        assertThat(this.destination.journal("PUT blob two")).hasSize(2);
    }

    @Test
    void a_mount_that_fails_is_as_good_as_declined() {
        Image image = Images.image(1, 1000);
        this.source.seed("one", "v1", image);
        this.source.seed("two", "v1", image);
        this.copying.one("one");
        this.destination.faults().fail("MOUNT", 2, () -> new RegistryFailure.Unauthorized("mount: 401"));
        this.destination.forgetJournal();
        assertThat(this.copying.one("two").result()).isEqualTo(Outcome.Result.COPIED);
        assertThat(this.destination.journal("POST two")).hasSize(2);
    }

    @Test
    void a_mount_that_the_registry_has_no_time_for_is_tried_again_later_and_nothing_is_sent() {
        this.source.seed("one", "v1", Images.image(1, 1000));
        this.source.seed("two", "v1", Images.image(1, 1000));
        this.copying.one("one");
        this.destination.faults().fail("MOUNT", 1, () -> new RegistryFailure.RateLimited("mount: 429", Duration.ZERO));
        assertThat(this.copying.one("two")).matches(Outcome::passing);
        this.copying.records.learn("https://destination.example:443", HostRecords.Trait.MOUNT, true);
        this.destination.faults().fail("MOUNT", 1, () -> new RegistryFailure.Transient("mount: 503", null));
        assertThat(this.copying.one("two")).matches(Outcome::passing);
        assertThat(this.copying.one("two").result()).isEqualTo(Outcome.Result.COPIED);
        assertThat(this.destination.journal("PUT blob two")).isEmpty();
    }

    @Test
    void where_mounts_have_only_ever_failed_the_blob_is_sent_and_its_place_still_known() {
        Image image = Images.image(1, 1000);
        this.source.seed("one", "v1", image);
        this.source.seed("two", "v1", image);
        this.copying.one("one");
        this.destination.faults().fail("MOUNT", 2, () -> new RegistryFailure.Transient("mount: 500", null));
        assertThat(this.copying.one("two").result()).isEqualTo(Outcome.Result.COPIED);
        assertThat(this.destination.journal("PUT blob two")).hasSize(2);
        assertThat(image.blobs().keySet()).allSatisfy(
                (blob) -> assertThat(this.copying.locations.repositories(this.copying.destinationKey(), blob.digest()))
                    .containsExactly("two", "one"));
    }

    @Test
    void stale_knowledge_costs_one_mount() {
        Image image = Images.image(1, 1000);
        this.source.seed("app", "v1", image);
        for (Descriptor blob : image.blobs().keySet()) {
            this.copying.locations.remember(this.copying.destinationKey(), blob.digest(), "gone");
        }
        assertThat(this.copying.one("app").result()).isEqualTo(Outcome.Result.COPIED);
        assertThat(this.destination.journal("MOUNT")).hasSize(2);
        assertThat(this.copying.locations.repositories(this.copying.destinationKey(),
                image.blobs().keySet().iterator().next().digest()))
            .containsExactly("app");
    }

    @Test
    void within_one_registry_blobs_are_mounted_from_the_source() {
        this.source.seed("app", "v1", Images.image(1, 1000));
        Copying within = Copying.within(this.source);
        assertThat(within.all("app", "mirror/app")).extracting(Outcome::bytes).containsExactly(0L);
        assertThat(this.source.journal("GET blob")).isEmpty();
        assertThat(this.source.journal("MOUNT mirror/app")).hasSize(2).allMatch((line) -> line.endsWith("from app"));
    }

    @Test
    void a_blob_whose_reading_fails_begins_anew() {
        this.source.seed("app", "v1", Images.image(1, 1000));
        this.source.faults().fail("GET blob", 2, () -> new RegistryFailure.Transient("read: reset", null));
        assertThat(this.copying.one("app").result()).isEqualTo(Outcome.Result.COPIED);
        assertThat(this.destination.journal("POST")).hasSize(4);
        assertThat(this.destination.journal("DELETE upload")).hasSize(2);
    }

    @Test
    void a_blob_whose_sending_fails_begins_anew() {
        this.source.seed("app", "v1", Images.image(1, 1000));
        this.destination.faults().fail("PUT blob", 2, () -> new RegistryFailure.Transient("push: 502", null));
        assertThat(this.copying.one("app").result()).isEqualTo(Outcome.Result.COPIED);
        assertThat(this.source.journal("GET blob")).hasSize(4);
        assertThat(this.destination.journal("DELETE upload")).hasSize(2);
    }

    @Test
    void retries_end() {
        this.source.seed("app", "v1", Images.image(1));
        this.source.faults()
            .fail("GET blob", Integer.MAX_VALUE, () -> new RegistryFailure.Transient("read: 503", null));
        Outcome outcome = this.copying.one("app");
        assertThat(outcome.result()).isEqualTo(Outcome.Result.FAILED);
        assertThat(outcome.reason()).isEqualTo("read: 503");
        assertThat(this.source.journal("GET blob")).hasSize(6);
    }

    @Test
    void a_final_failure_is_not_retried() {
        this.source.seed("app", "v1", Images.image(1));
        this.source.faults().fail("GET blob", 1, () -> new RegistryFailure.Permanent("read: 451"));
        assertThat(this.copying.one("app").reason()).isEqualTo("read: 451");
        assertThat(this.source.journal("GET blob")).hasSize(1);
    }

    @Test
    void a_registry_that_asks_for_too_much_patience_has_failed() {
        this.source.seed("app", "v1", Images.image(1));
        this.source.faults()
            .fail("GET blob", 1, () -> new RegistryFailure.RateLimited("read: 429", Duration.ofHours(6)));
        assertThat(this.copying.one("app").reason()).isEqualTo("read: 429");
    }

    @Test
    void altered_bytes_are_never_committed() {
        Image image = Images.image(1, 1000);
        Descriptor layer = image.blobs().keySet().stream().skip(1).findFirst().orElseThrow();
        this.source.seed("app", "v1", image);
        this.source.alter(layer.digest());
        Outcome outcome = this.copying.one("app");
        assertThat(outcome.result()).isEqualTo(Outcome.Result.FAILED);
        assertThat(outcome.reason()).contains(layer.digest().toString());
        assertThat(this.destination.hasBlob("app", layer.digest())).isFalse();
        assertThat(this.destination.tags("app")).isEmpty();
        this.source.mend(layer.digest());
        assertThat(this.copying.one("app").result()).isEqualTo(Outcome.Result.COPIED);
    }

    @Test
    void a_manifest_whose_blobs_are_missed_is_healed_once() {
        Image image = Images.image(1, 1000);
        this.source.seed("app", "v1", image);
        Descriptor layer = image.blobs().keySet().stream().skip(1).findFirst().orElseThrow();
        this.destination.faults().script("PUT manifest", 1, (_) -> this.destination.lose("app", layer.digest()));
        assertThat(this.copying.one("app").result()).isEqualTo(Outcome.Result.COPIED);
        assertThat(this.destination.journal("POST app " + layer.digest())).hasSize(2);
        assertThat(this.destination.journal("HEAD blob")).hasSize(2);
        assertThat(this.destination.journal("PUT manifest")).hasSize(2);
    }

    @Test
    void an_index_whose_child_was_lost_is_healed_too() {
        Image kept = Images.image(1, 100);
        Image index = Images.index(kept, Images.image(2, 100));
        this.source.seed("app", "v2", index);
        this.destination.seed("app", "v1", kept);
        this.destination.faults().script("PUT manifest app v2", 1, (_) -> this.destination.loseAll("app"));
        assertThat(this.copying.one("app").result()).isEqualTo(Outcome.Result.COPIED);
        assertThat(this.destination.manifest("app", kept.digest())).isPresent();
    }

    @Test
    void a_manifest_that_cannot_be_healed_fails() {
        this.source.seed("app", "v1", Images.image(1, 1000));
        this.destination.faults()
            .fail("PUT manifest", Integer.MAX_VALUE, () -> new RegistryFailure.NotFound("put: 404 NAME_UNKNOWN"));
        assertThat(this.copying.one("app").reason()).isEqualTo("put: 404 NAME_UNKNOWN");
        assertThat(this.destination.journal("PUT manifest")).hasSize(2);
    }

    @Test
    void a_stop_ends_a_copy_that_hangs_and_closing_cancels_its_sessions() throws InterruptedException {
        this.source.seed("app", "v1", Images.image(1, 1000));
        this.source.faults().hang("GET blob");
        RepositoryCopy copy = this.copying.open("app", "app");
        CompletableFuture<Outcome> copied = Copying.start(() -> copy.copy(Change.ofTag("v1", "", "")));
        this.source.faults().awaitHanging();
        this.copying.stop.stop();
        assertThat(copied).failsWithin(10, TimeUnit.SECONDS)
            .withThrowableThat()
            .withCauseInstanceOf(StopSignal.Stopped.class);
        copy.close();
        assertThat(this.destination.journal("DELETE upload")).hasSameSizeAs(this.destination.journal("POST"))
            .isNotEmpty();
    }

    @Test
    void a_stop_ends_the_wait_before_a_retry() {
        this.source.seed("app", "v1", Images.image(1));
        this.source.faults()
            .fail("GET blob", Integer.MAX_VALUE,
                    () -> new RegistryFailure.RateLimited("read: 429", Duration.ofMinutes(1)));
        RepositoryCopy copy = this.copying.open("app", "app");
        CompletableFuture<Outcome> copied = Copying.start(() -> copy.copy(Change.ofTag("v1", "", "")));
        await().until(() -> !this.copying.log.isEmpty());
        this.copying.stop.stop();
        assertThat(copied).failsWithin(10, TimeUnit.SECONDS);
        assertThat(this.copying.log).isEqualTo(List.of(this.copying.log.getFirst()));
    }

}
