package oci.remote;

import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import fixtures.FaultyRegistry;
import fixtures.Patience;
import fixtures.Registered;
import fixtures.Reply;
import oci.BlobContent;
import oci.BlobUpload;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.limits.Permits;
import oci.model.Descriptor;
import oci.model.Digest;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import oci.net.HttpSettings;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StopTest {

    static final String UPLOADS = "/v2/lib/app/blobs/uploads/";

    final Descriptor blob = new Descriptor("", Digest.sha256(new byte[0]), 1_000_000_000);

    final String path = "/v2/lib/app/blobs/" + this.blob.digest();

    final StopSignal stop = new StopSignal();

    final FaultyRegistry faulty = new FaultyRegistry();

    final RemoteRegistry registry = connect(Patience.SHORT);

    final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        this.registry.close();
        this.faulty.close();
        this.threads.shutdownNow();
    }

    @Test
    void ends_a_read_that_hangs() {
        this.faulty.on("GET", this.path, Reply.stall(1000, 10));
        BlobContent content = this.registry.source("lib/app", this.stop).blob(this.blob);
        stopped(() -> content.stream().readAllBytes(), () -> true);
    }

    @Test
    void ends_a_request_that_gets_no_answer() {
        this.faulty.on("GET", "/v2/lib/app/tags/list", Reply.hang());
        stopped(() -> this.registry.source("lib/app", this.stop).tags().toList(),
                () -> !this.faulty.requests("GET", "/v2/lib/app/tags/list").isEmpty());
    }

    @Test
    void ends_a_push_that_nobody_takes() {
        this.faulty.on("POST", UPLOADS, Reply.status(202).header("Location", UPLOADS + "1"))
            .on("PUT", UPLOADS + "1", Reply.hang());
        BlobUpload upload = this.registry.target("lib/app", this.stop).upload(this.blob);
        stopped(() -> upload.send(new Zeros()), () -> !this.faulty.requests("PUT", UPLOADS + "1").isEmpty());
    }

    @Test
    void ends_the_wait_between_two_attempts() {
        this.faulty.on("GET", "/v2/lib/app/tags/list", Reply.status(429).header("Retry-After", "5"));
        stopped(() -> this.registry.source("lib/app", this.stop).tags().toList(),
                () -> !this.faulty.requests("GET", "/v2/lib/app/tags/list").isEmpty());
    }

    @Test
    void ends_the_wait_for_a_permit_and_leaves_the_permit_to_others() {
        Permits permits = new Permits(1);
        Permits.Permit first = permits.acquire(new StopSignal());
        stopped(() -> permits.acquire(this.stop), () -> true);
        first.close();
        permits.acquire(new StopSignal()).close();
    }

    @Test
    void a_push_that_nobody_takes_is_a_stall() {
        this.faulty.on("POST", UPLOADS, Reply.status(202).header("Location", UPLOADS + "1"))
            .on("PUT", UPLOADS + "1", Reply.hang());
        try (RemoteRegistry hasty = connect(Patience.stalling(Duration.ofMillis(400)))) {
            BlobUpload upload = hasty.target("lib/app", this.stop).upload(this.blob);
            assertThatExceptionOfType(RegistryFailure.Transient.class).isThrownBy(() -> upload.send(new Zeros()))
                .withMessageEndingWith("stalled, no byte in time");
        }
    }

    @Test
    void a_blob_that_hangs_is_a_stall() {
        this.faulty.on("GET", this.path, Reply.stall(1000, 10));
        try (RemoteRegistry hasty = connect(Patience.stalling(Duration.ofMillis(200)));
                BlobContent content = hasty.source("lib/app", this.stop).blob(this.blob)) {
            assertThatThrownBy(() -> content.stream().readAllBytes()).hasMessageContaining("stalled, no byte in time");
        }
    }

    @Test
    void small_requests_do_not_wait_behind_blobs() {
        this.faulty.on("GET", this.path, Reply.stall(1000, 10))
            .on("GET", "/v2/lib/app/tags/list", Reply.json("{\"tags\": []}"));
        try (RemoteRegistry narrow = RemoteRegistry.connect(Registered.at(this.faulty.url()).access(), Patience.SHORT,
                new HostLimits(new LimitSizes(1, 1, 1)));
                BlobContent _ = narrow.source("lib/app", this.stop).blob(this.blob)) {
            assertThat(narrow.source("lib/app", this.stop).tags()).isEmpty();
            Future<BlobContent> second = this.threads.submit(() -> narrow.source("lib/app", this.stop).blob(this.blob));
            assertThatThrownBy(() -> second.get(100, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        }
    }

    private void stopped(Callable<?> work, Callable<Boolean> begun) {
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        this.threads.execute(() -> {
            try {
                work.call();
                end.complete(new AssertionError("it went on"));
            }
            catch (Throwable ex) {
                end.complete(ex);
            }
        });
        Awaitility.await().until(begun);
        this.stop.stop();
        assertThat(end).succeedsWithin(Duration.ofSeconds(4)).isInstanceOf(StopSignal.Stopped.class);
    }

    private RemoteRegistry connect(HttpSettings settings) {
        return RemoteRegistry.connect(Registered.at(this.faulty.url()).access(), settings,
                new HostLimits(LimitSizes.DEFAULTS));
    }

    /** Never ends. */
    private static final class Zeros extends InputStream {

        @Override
        public int read() {
            return 0;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            return length;
        }

    }

}
