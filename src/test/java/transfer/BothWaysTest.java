package transfer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import fixtures.Image;
import fixtures.Images;
import fixtures.Patience;
import fixtures.PlannedRegistry;
import fixtures.Registered;
import oci.ContentRegistry;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.remote.RemoteRegistry;
import org.junit.jupiter.api.Test;
import replication.execution.copy.Outcome;

import static org.assertj.core.api.Assertions.assertThat;

class BothWaysTest {

    private static final int REPOSITORIES = 6;

    @Test
    void copies_in_both_directions_never_wait_for_each_others_permits() {
        HostLimits limits = new HostLimits(new LimitSizes(1, 1, 1));
        try (PlannedRegistry one = new PlannedRegistry();
                PlannedRegistry two = new PlannedRegistry();
                RemoteRegistry first = connect(one, limits);
                RemoteRegistry second = connect(two, limits)) {
            List<CompletableFuture<List<Outcome>>> copies = new ArrayList<>();
            for (int i = 0; i < REPOSITORIES; i++) {
                one.seed("there" + i, "v1", image(i));
                two.seed("back" + i, "v1", image(100 + i));
                copies.add(start(first, second, "there" + i));
                copies.add(start(second, first, "back" + i));
            }
            assertThat(copies).allSatisfy((copy) -> assertThat(copy).succeedsWithin(60, TimeUnit.SECONDS)
                .satisfies((outcomes) -> assertThat(outcomes).extracting(Outcome::result)
                    .containsExactly(Outcome.Result.COPIED)));
            for (int i = 0; i < REPOSITORIES; i++) {
                assertThat(two.holds("there" + i, "v1", image(i))).isTrue();
                assertThat(one.holds("back" + i, "v1", image(100 + i))).isTrue();
            }
        }
    }

    private static Image image(int seed) {
        return Images.image(seed, 40_000, 50_000, 60_000, 70_000);
    }

    private static CompletableFuture<List<Outcome>> start(ContentRegistry from, ContentRegistry to, String name) {
        return Copying.start(() -> new Copying(from, to).all(name));
    }

    private static RemoteRegistry connect(PlannedRegistry registry, HostLimits limits) {
        return RemoteRegistry.connect(Registered.at(registry.url()).access(), Patience.SHORT, limits);
    }

}
