package oci.remote;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;

import fixtures.Asked;
import fixtures.Blobs;
import fixtures.Fault;
import fixtures.Mishap;
import fixtures.Patience;
import fixtures.PlannedRegistry;
import fixtures.RealRegistry;
import fixtures.Registered;
import oci.BlobContent;
import oci.BlobUpload;
import oci.ContentTarget;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.StopSignal;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class IdleConnectionTest {

    @Test
    void those_that_were_idle_for_a_while_are_closed_and_one_in_use_is_not() throws IOException {
        byte[] content = Blobs.random(3_000_000, 1);
        try (RealRegistry real = RealRegistry.start();
                RemoteRegistry registry = RemoteRegistry.connect(Registered.at(real).access(), Patience.SHORT,
                        new HostLimits(LimitSizes.DEFAULTS))) {
            ContentTarget target = registry.target("lib/app", new StopSignal());
            target.upload(Blobs.describe(content)).send(new ByteArrayInputStream(content));
            assertThat(registry.closeIdle()).as("it has just been used").isFalse();
            try (BlobContent open = registry.source("lib/app", new StopSignal()).blob(Blobs.describe(content), 0)) {
                assertThat(registry.closeIdle(Duration.ZERO)).as("it is in use").isFalse();
                assertThat(open.stream().readAllBytes()).isEqualTo(content);
            }
            assertThat(registry.closeIdle(Duration.ZERO)).isTrue();
            assertThat(target.has(Blobs.describe(content))).isTrue();
        }
    }

    @Test
    void one_that_the_registry_has_closed_is_found_before_a_blob_is_sent_on_it() {
        byte[] content = Blobs.random(100_000, 1);
        try (PlannedRegistry planned = new PlannedRegistry(Fault.first(Asked.OPEN_UPLOAD, Mishap.END_AFTER_ANSWER, 0));
                RemoteRegistry registry = RemoteRegistry.connect(Registered.at(planned.url()).access(), Patience.SHORT,
                        new HostLimits(LimitSizes.DEFAULTS))) {
            ContentTarget target = registry.target("lib/app", new StopSignal());
            BlobUpload upload = target.upload(Blobs.describe(content));
            await().pollDelay(Duration.ofMillis(300)).until(() -> !planned.struck().isEmpty());
            assertThat(upload.send(new ByteArrayInputStream(content))).isEqualTo(content.length);
            assertThat(planned.count(Asked.COMMIT)).isEqualTo(1);
            assertThat(target.has(Blobs.describe(content))).isTrue();
        }
    }

}
