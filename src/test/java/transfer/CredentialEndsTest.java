package transfer;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import fixtures.Image;
import fixtures.Images;
import fixtures.PasswordGuard;
import fixtures.Patience;
import fixtures.RealRegistry;
import fixtures.Registered;
import fixtures.Site;
import oci.ContentTarget;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.CredentialSource;
import oci.model.StopSignal;
import oci.remote.RemoteRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import replication.execution.copy.Outcome;

import static org.assertj.core.api.Assertions.assertThat;

/** A credential that is issued for a time ends in the middle of a run. */
class CredentialEndsTest {

    static final Duration DAY = Duration.ofDays(1);

    final RealRegistry from = RealRegistry.builder().relativeUrls().start();

    final RealRegistry to = RealRegistry.builder().relativeUrls().start();

    final Site destination = new Site(this.to, Registered.at(this.to));

    @AfterEach
    void close() {
        this.destination.close();
        this.from.close();
    }

    @Test
    void one_that_ends_every_seven_requests_is_asked_for_anew_in_lists_uploads_and_manifests() {
        seed(40);
        try (PasswordGuard source = new PasswordGuard(this.from, DAY, 7);
                PasswordGuard target = new PasswordGuard(this.to, DAY, 7)) {
            assertThat(copy(source, source.silent(), target, target.silent())).isEmpty();
            assertThat(this.destination.digests()).hasSize(40);
            assertThat(source.refused()).isGreaterThan(5);
            assertThat(target.refused()).isGreaterThan(5);
            assertThat(source.issued()).isLessThanOrEqualTo(source.refused() + 1);
            assertThat(target.issued()).isLessThanOrEqualTo(target.refused() + 1);
        }
    }

    @Test
    @Tag("long")
    void of_1500_tags_none_is_lost_to_a_credential_that_ends_every_25_seconds() {
        seed(1500);
        try (PasswordGuard source = new PasswordGuard(this.from, Duration.ofSeconds(25), Integer.MAX_VALUE);
                PasswordGuard target = new PasswordGuard(this.to, Duration.ofSeconds(25), Integer.MAX_VALUE)) {
            assertThat(copy(source, source.frank(), target, target.silent())).isEmpty();
            assertThat(this.destination.digests()).hasSize(1500);
            assertThat(source.issued()).isGreaterThan(1);
            assertThat(target.issued()).isGreaterThan(1);
        }
    }

    /** What did not arrive. */
    private static List<Outcome> copy(PasswordGuard from, CredentialSource read, PasswordGuard to,
            CredentialSource write) {
        try (RemoteRegistry source = connect(from, read); RemoteRegistry target = connect(to, write)) {
            return new Copying(source, target).all("lib/app")
                .stream()
                .filter((outcome) -> outcome.result() != Outcome.Result.COPIED)
                .toList();
        }
    }

    private static RemoteRegistry connect(PasswordGuard guard, CredentialSource credentials) {
        return RemoteRegistry.connect(Registered.at(guard.url()).build().access(credentials), Patience.SHORT,
                new HostLimits(LimitSizes.DEFAULTS));
    }

    private void seed(int tags) {
        try (RemoteRegistry registry = RemoteRegistry.connect(Registered.at(this.from).access(), Patience.SHORT,
                new HostLimits(LimitSizes.DEFAULTS))) {
            ContentTarget target = registry.target("lib/app", new StopSignal());
            IntStream.range(0, tags).parallel().forEach((i) -> {
                Image image = Images.image(i + 1, 100, 2000);
                image.pushTo(target, "v" + i);
            });
        }
    }

}
