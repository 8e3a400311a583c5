package adapters.generic;

import java.io.IOException;

import fixtures.Blobs;
import fixtures.Patience;
import fixtures.RealRegistry;
import fixtures.Registered;
import oci.BlobContent;
import oci.ContentTarget;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.Descriptor;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class GuardedRegistryTest {

    final GenericAdapter adapter = new GenericAdapter(Patience.SHORT, new HostLimits(LimitSizes.DEFAULTS));

    final byte[] content = Blobs.random(2_000_000, 1);

    final Descriptor blob = Blobs.describe(this.content);

    final StopSignal stop = new StopSignal();

    @Test
    void pushes_and_pulls_with_a_password_over_tls() throws IOException {
        try (RealRegistry real = RealRegistry.builder().tls().basicAuth("joe", "s3cret").start();
                GenericRegistry registry = this.adapter
                    .connect(Registered.at(real).basic("joe", "s3cret").trusting(real.caPem()).build())) {
            ContentTarget target = registry.target("lib/app", this.stop);
            assertThat(target.upload(this.blob).send(Blobs.stream(this.content))).isEqualTo(this.content.length);
            try (BlobContent pulled = registry.source("lib/app", this.stop).blob(this.blob)) {
                assertThat(pulled.stream().readAllBytes()).isEqualTo(this.content);
            }
            // One greeting learns how to authenticate; nothing is refused after it.
            assertThat(real.accessLog()).filteredOn((line) -> line.contains(" 401 ")).hasSize(1);
        }
    }

    @Test
    void a_registry_that_is_read_only_refuses_for_good() {
        try (RealRegistry real = RealRegistry.builder().readOnly().start();
                GenericRegistry registry = this.adapter.connect(Registered.at(real).build())) {
            assertThatExceptionOfType(RegistryFailure.Permanent.class)
                .isThrownBy(() -> registry.target("lib/app", this.stop).upload(this.blob))
                .withMessageStartingWith("open an upload of blob " + this.blob.digest() + " to " + real.host()
                        + "/lib/app: 405 \"Method not allowed\"");
        }
    }

}
