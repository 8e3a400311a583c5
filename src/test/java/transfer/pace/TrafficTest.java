package transfer.pace;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import fixtures.Image;
import fixtures.Images;
import fixtures.MemoryRegistry;
import oci.model.RegistryFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import replication.execution.copy.Change;
import replication.execution.copy.Moved;
import replication.execution.copy.Outcome;
import replication.execution.copy.RepositoryCopy;
import transfer.Copying;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** How far a copy says that it is. */
@Timeout(60)
class TrafficTest {

    private final MemoryRegistry source = new MemoryRegistry();

    private final MemoryRegistry destination = new MemoryRegistry();

    private final Copying copying = new Copying(this.source, this.destination);

    private static long size(Image image) {
        return image.blobs().values().stream().mapToLong((bytes) -> bytes.length).sum();
    }

    private static List<Change> changes(RepositoryCopy copy) {
        return Copying.stream(copy.changes()).toList();
    }

    @Test
    void what_remains_is_known_once_the_manifests_are_read_and_a_shared_blob_counts_once() {
        Image image = Images.image(1, 50_000);
        this.source.seed("app", "v1", image);
        this.source.seed("app", "v2", image);
        this.source.faults().hang("GET blob");
        RepositoryCopy copy = this.copying.open("app", "app");
        List<CompletableFuture<Outcome>> copies = changes(copy).stream()
            .map((change) -> Copying.start(() -> copy.copy(change)))
            .toList();
        await().until(() -> Objects.equals(copy.moved().remaining(), size(image)));
        assertThat(copy.moved()).isEqualTo(new Moved(0, 0, size(image)));

        this.copying.stop.stop();

        copies.forEach((each) -> assertThat(each).failsWithin(java.time.Duration.ofSeconds(5)));
        assertThat(copy.moved()).isEqualTo(new Moved(0, 0, 0L));
    }

    @Test
    void what_has_ended_is_no_more_under_way_but_has_passed() {
        Image image = Images.image(1, 50_000);
        this.source.seed("app", "v1", image);
        RepositoryCopy copy = this.copying.open("app", "app");
        Outcome outcome = copy.copy(changes(copy).getFirst());
        assertThat(outcome.bytes()).isEqualTo(size(image));
        assertThat(copy.moved()).isEqualTo(new Moved(0, size(image), 0L));
    }

    @Test
    void what_failed_leaves_nothing_under_way() {
        this.source.seed("app", "v1", Images.image(1, 50_000));
        this.destination.faults().fail("PUT manifest", 1, () -> new RegistryFailure.Permanent("no"));
        RepositoryCopy copy = this.copying.open("app", "app");
        assertThat(copy.copy(changes(copy).getFirst()).result()).isEqualTo(Outcome.Result.FAILED);
        assertThat(copy.moved().sent()).isZero();
        assertThat(copy.moved().remaining()).isZero();
    }

}
