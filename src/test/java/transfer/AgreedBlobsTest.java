package transfer;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import fixtures.Images;
import fixtures.MemoryLeases;
import fixtures.MemoryRegistry;
import fixtures.MountDeclined;
import oci.model.RegistryFailure;
import oci.model.Waits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import replication.StoreAway;
import replication.cluster.BlobLeases;
import replication.execution.copy.Outcome;
import transfer.pace.TransferSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Two nodes, each with a memory of its own, that want the same blobs. */
@Timeout(60)
class AgreedBlobsTest {

    private static final TransferSettings AGREE_ON_ALL = new TransferSettings(32, 8, 0, 0, 1000, 1000, 8, 1000,
            Copying.FAST);

    private final MemoryRegistry source = new MemoryRegistry();

    private final MemoryRegistry destination = new MemoryRegistry();

    private final MemoryLeases leases = MemoryLeases.first();

    private final Copying first = new Copying(this.source, this.destination, AGREE_ON_ALL, this.leases);

    private final Copying second = new Copying(this.source, this.destination, AGREE_ON_ALL, this.leases.of("second"));

    AgreedBlobsTest() {
        this.source.seed("app", "v1", Images.image(1, 1000));
    }

    private static List<Outcome> copied(List<Outcome> outcomes) {
        assertThat(outcomes).isNotEmpty().allMatch((outcome) -> outcome.result() == Outcome.Result.COPIED);
        return outcomes;
    }

    private List<String> uploads() {
        return this.destination.journal("PUT blob");
    }

    @Test
    void what_one_node_has_brought_the_other_mounts() {
        copied(this.first.all("app", "one"));
        int sent = uploads().size();
        copied(this.second.all("app", "two"));
        assertThat(uploads()).hasSize(sent);
        assertThat(this.destination.journal("MOUNT")).hasSize(sent);
        assertThat(this.leases.free()).isTrue();
    }

    @Test
    void what_one_node_has_found_there_the_other_mounts() {
        this.destination.seed("kept", "v0", Images.image(1, 1000));
        copied(this.first.all("app", "kept"));
        copied(this.second.all("app", "two"));
        assertThat(uploads()).isEmpty();
        assertThat(this.destination.journal("MOUNT two")).isNotEmpty().allMatch((line) -> line.endsWith("from kept"));
        assertThat(this.leases.places()).containsValue("two");
    }

    @Test
    void while_nothing_can_be_agreed_on_each_sends() {
        Copying alone = new Copying(this.source, this.destination, AGREE_ON_ALL, new BlobLeases() {

            @Override
            public Decision take(String registry, String digest) {
                throw new StoreAway(new IllegalStateException("refused"));
            }

            @Override
            public void arrived(String registry, String digest, String repository) {
                throw new StoreAway(new IllegalStateException("refused"));
            }

            @Override
            public void seen(String registry, String digest, String repository) {
                throw new StoreAway(new IllegalStateException("refused"));
            }

            @Override
            public void forget(String registry, String digest, String repository) {
                throw new StoreAway(new IllegalStateException("refused"));
            }

            @Override
            public void release(String registry, String digest) {
                throw new StoreAway(new IllegalStateException("refused"));
            }

        });
        copied(alone.all("app", "one"));
        copied(alone.all("app", "two"));
        assertThat(this.destination.tags("two")).isEqualTo(this.source.tags("app"));
    }

    @Test
    void while_one_node_sends_the_other_waits() {
        this.source.faults().hang("GET blob app");
        CompletableFuture<List<Outcome>> one = Copying.start(() -> this.first.all("app", "one"));
        await().until(() -> !this.source.journal("GET blob").isEmpty());
        int asked = this.source.journal("GET blob").size();
        Waits waits = new Waits((_) -> {
        });
        this.second.stop.tellWaits(waits);
        CompletableFuture<List<Outcome>> two = Copying.start(() -> this.second.all("app", "two"));
        await().during(500, TimeUnit.MILLISECONDS)
            .until(() -> this.destination.journal("PUT blob two").size() == 0
                    && this.source.journal("GET blob").size() == asked);
        await().until(waits::longest, (text) -> text.matches("waits for first, which sends blob sha256:[0-9a-f]{64}"));

        this.first.stop.stop();

        assertThat(one).failsWithin(5, TimeUnit.SECONDS);
        this.second.stop.stop();
        assertThat(two).failsWithin(5, TimeUnit.SECONDS);
        assertThat(this.leases.free()).isTrue();
    }

    @Test
    void where_the_leader_fails_the_other_sends() {
        this.source.faults().fail("GET blob", 1, () -> new RegistryFailure.Permanent("read: 451"));
        assertThat(this.first.all("app", "one")).allMatch((outcome) -> outcome.result() == Outcome.Result.FAILED);
        assertThat(this.leases.free()).isTrue();
        copied(this.second.all("app", "two"));
    }

    @Test
    void a_place_that_the_registry_denies_is_forgotten_and_the_blob_is_sent() {
        copied(this.first.all("app", "one"));
        int sent = uploads().size();
        this.destination.faults().fail("MOUNT", Integer.MAX_VALUE, MountDeclined::new);
        copied(this.second.all("app", "two"));
        assertThat(uploads()).hasSize(2 * sent);
        assertThat(this.leases.places()).doesNotContainValue("one");
        assertThat(this.leases.free()).isTrue();
    }

    @Test
    void what_is_believed_to_be_here_and_is_not_is_sent() {
        copied(this.first.all("app", "one"));
        int sent = uploads().size();
        this.destination.loseAll("one");
        this.destination.untag("one", "v1");
        copied(this.second.all("app", "one"));
        assertThat(uploads()).hasSize(2 * sent);
    }

}
