package cli.copy;

import java.nio.file.Path;

import fixtures.Images;
import oci.model.StopSignal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import replication.execution.copy.Outcome;
import replication.policy.ForeignLayers;
import replication.registry.RegistryCredential;

import static org.assertj.core.api.Assertions.assertThat;

/** A copy without a service shows what the engine counts. */
@SuppressWarnings("NullAway.Init")
class CopyRunTest {

    @TempDir
    private Path folder;

    @Test
    void what_was_sent_is_done_and_nothing_remains() {
        try (Side source = side(1, "from"); Side destination = side(2, "to")) {
            Images.image(1, 5000).pushTo(source.content().target("lib/app", new StopSignal()), "v1");
            CopyRun run = new CopyRun(source, destination, null, new StopSignal(), (_) -> {
            }, ForeignLayers.SKIP_BYTES);
            assertThat(run.done() + run.remaining()).isZero();

            Outcome outcome = run.one();

            assertThat(outcome.bytes()).isGreaterThan(5000);
            assertThat(run.done()).isEqualTo(outcome.bytes());
            assertThat(run.remaining()).isZero();
        }
    }

    private Side side(long id, String name) {
        return Side.open(id, Place.parse("layout:%s:lib/app:v1".formatted(this.folder.resolve(name))),
                new Side.Security(false, false, null), (_) -> RegistryCredential.NONE);
    }

}
