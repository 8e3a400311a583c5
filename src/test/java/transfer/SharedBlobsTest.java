package transfer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import fixtures.Images;
import fixtures.MemoryRegistry;
import fixtures.MountDeclined;
import oci.model.RegistryFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import replication.execution.copy.Change;
import replication.execution.copy.Outcome;
import replication.execution.copy.RepositoryCopy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Many copies at once that want the same blobs. */
@Timeout(60)
class SharedBlobsTest {

    private static final int REPOSITORIES = 10;

    private static final int TAGS = 5;

    private final MemoryRegistry source = new MemoryRegistry();

    private final MemoryRegistry destination = new MemoryRegistry();

    private final Copying copying = new Copying(this.source, this.destination);

    @Test
    void each_blob_is_uploaded_once_however_many_want_it() throws Exception {
        int blobs = seed();
        assertThat(copyAll()).hasSize(REPOSITORIES * TAGS)
            .allMatch((outcome) -> outcome.result() == Outcome.Result.COPIED);
        assertThat(this.destination.journal("PUT blob")).hasSize(blobs)
            .extracting((line) -> line.substring(line.lastIndexOf(' ')))
            .doesNotHaveDuplicates();
        assertThat(this.source.journal("GET blob")).hasSize(blobs);
    }

    @Test
    void where_mounts_are_declined_each_repository_gets_each_blob_once() throws Exception {
        seed();
        this.destination.faults().fail("MOUNT", Integer.MAX_VALUE, MountDeclined::new);
        assertThat(copyAll()).allMatch((outcome) -> outcome.result() == Outcome.Result.COPIED);
        assertThat(this.destination.journal("PUT blob")).doesNotHaveDuplicates();
    }

    @Test
    void where_the_first_sender_fails_another_one_sends() throws Exception {
        seed();
        this.source.faults().fail("GET blob", 3, () -> new RegistryFailure.Permanent("read: 451"));
        List<Outcome> outcomes = copyAll();
        assertThat(outcomes).hasSize(REPOSITORIES * TAGS);
        assertThat(outcomes.stream().filter((outcome) -> outcome.result() == Outcome.Result.FAILED)).hasSizeBetween(1,
                3);
    }

    @Test
    void one_who_waits_for_anothers_blob_stops_at_once() throws Exception {
        seed();
        this.source.faults().hang("GET blob app0");
        Copying other = this.copying.alongside();
        RepositoryCopy leader = this.copying.open("app0", "app0");
        CompletableFuture<Outcome> led = Copying.start(() -> leader.copy(Change.ofTag("v0", "", "")));
        await().until(() -> this.source.journal("GET blob app0").size() == 4);
        RepositoryCopy follower = other.open("app1", "app1");
        CompletableFuture<Outcome> followed = Copying.start(() -> follower.copy(Change.ofTag("v0", "", "")));
        await().until(() -> this.destination.journal("PUT blob app1").size() == 2);
        other.stop.stop();
        assertThat(followed).failsWithin(10, TimeUnit.SECONDS);
        assertThat(led).isNotDone();
        this.copying.stop.stop();
        assertThat(led).failsWithin(10, TimeUnit.SECONDS);
    }

    /** Five images a repository: two layers that all share, one of their own. */
    private int seed() {
        byte[] base = Images.bytes(1, 50_000);
        byte[] runtime = Images.bytes(2, 20_000);
        for (int repository = 0; repository < REPOSITORIES; repository++) {
            for (int tag = 0; tag < TAGS; tag++) {
                int seed = 100 + repository * TAGS + tag;
                this.source.seed("app" + repository, "v" + tag,
                        Images.ofLayers(seed, base, runtime, Images.bytes(seed, 100)));
            }
        }
        return 2 + 2 * REPOSITORIES * TAGS;
    }

    private List<Outcome> copyAll() throws Exception {
        List<Outcome> outcomes = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<List<Outcome>>> tasks = new ArrayList<>();
            for (int i = 0; i < REPOSITORIES; i++) {
                String repository = "app" + i;
                tasks.add(() -> copyInParallel(repository));
            }
            for (Future<List<Outcome>> task : threads.invokeAll(tasks, 20, TimeUnit.SECONDS)) {
                outcomes.addAll(task.get());
            }
        }
        return outcomes;
    }

    private List<Outcome> copyInParallel(String repository) throws Exception {
        List<Outcome> outcomes = new ArrayList<>();
        try (RepositoryCopy copy = this.copying.open(repository, repository);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Outcome>> copies = new ArrayList<>();
            copy.changes().forEachRemaining((change) -> copies.add(() -> copy.copy(change)));
            for (Future<Outcome> copied : threads.invokeAll(copies)) {
                outcomes.add(copied.get());
            }
        }
        return outcomes;
    }

}
