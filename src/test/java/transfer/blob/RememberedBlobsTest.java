package transfer.blob;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import oci.model.Digest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RememberedBlobsTest {

    private static final RegistryKey REGISTRY = new RegistryKey("registry.example:443", "me");

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);

    private final InstantSource time = this.now::get;

    private final Clock clock = this.time.withZone(ZoneOffset.UTC);

    private final RememberedBlobs blobs = new RememberedBlobs(this.clock, 3, Duration.ofHours(1));

    @Test
    void tells_the_latest_repositories_first_and_few() {
        for (int i = 0; i < 6; i++) {
            this.blobs.remember(REGISTRY, blob(1), "app" + i);
        }
        this.blobs.remember(REGISTRY, blob(1), "app4");
        assertThat(this.blobs.repositories(REGISTRY, blob(1))).containsExactly("app4", "app5", "app3", "app2");
    }

    @Test
    void forgets_one_repository() {
        this.blobs.remember(REGISTRY, blob(1), "one");
        this.blobs.remember(REGISTRY, blob(1), "two");
        this.blobs.forget(REGISTRY, blob(1), "two");
        assertThat(this.blobs.repositories(REGISTRY, blob(1))).containsExactly("one");
        this.blobs.forget(REGISTRY, blob(1), "one");
        assertThat(this.blobs.repositories(REGISTRY, blob(1))).isEmpty();
    }

    @Test
    void keeps_registries_and_accounts_apart() {
        this.blobs.remember(REGISTRY, blob(1), "app");
        assertThat(this.blobs.repositories(new RegistryKey(REGISTRY.place(), "other"), blob(1))).isEmpty();
    }

    @Test
    void forgets_what_is_old() {
        this.blobs.remember(REGISTRY, blob(1), "app");
        this.now.set(Instant.EPOCH.plus(Duration.ofHours(2)));
        assertThat(this.blobs.repositories(REGISTRY, blob(1))).isEmpty();
    }

    @Test
    void keeps_to_its_bound_and_what_is_used() {
        for (int i = 1; i <= 50; i++) {
            this.blobs.remember(REGISTRY, blob(i), "app");
            assertThat(this.blobs.repositories(REGISTRY, blob(1))).isNotEmpty();
        }
        assertThat(IntStream.rangeClosed(1, 50).filter((i) -> !this.blobs.repositories(REGISTRY, blob(i)).isEmpty()))
            .hasSizeLessThanOrEqualTo(3);
    }

    private static Digest blob(int number) {
        return Digest.sha256(new byte[] { (byte) number });
    }

}
