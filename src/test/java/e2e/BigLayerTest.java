package e2e;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import fixtures.Api;
import fixtures.DrayageProcess;
import fixtures.Images;
import fixtures.Registered;
import fixtures.Site;
import oci.ContentRegistry;
import oci.ContentTarget;
import oci.Descriptor;
import oci.Digest;
import oci.HostLimits;
import oci.HttpSettings;
import oci.LimitSizes;
import oci.RawManifest;
import oci.RemoteRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import replication.execution.StopSignal;

import static org.assertj.core.api.Assertions.assertThat;

/** Memory does not grow with the size of a blob. */
class BigLayerTest {

    private static final long SIZE = 1L << 30;

    @Test
    void a_layer_of_one_gibibyte_passes_through_a_heap_of_256_mebibytes(@TempDir Path home) {
        try (Site a = Site.start(); Site b = Site.start()) {
            String digest = pushBig(a);
            try (DrayageProcess drayage = DrayageProcess.start(home)) {
                Api api = drayage.api();
                long source = api.create("/api/registries", registry("a", a));
                long destination = api.create("/api/registries", registry("b", b));
                long policy = api.create("/api/replication/policies",
                        Map.of("name", "p", "src_registry_id", source, "dest_registry_id", destination));

                JsonNode ended = api.ended(api.start(policy), Duration.ofMinutes(3));

                assertThat(ended.get("status").asText()).isEqualTo("succeeded");
                assertThat(ended.get("bytes").asLong()).isGreaterThanOrEqualTo(SIZE);
                assertThat(b.digest("lib/big", "v1")).isEqualTo(digest);
            }
        }
    }

    private static String pushBig(Site site) {
        try (ContentRegistry client = RemoteRegistry.connect(Registered.at(site.registry()).build(),
                HttpSettings.DEFAULTS, new HostLimits(LimitSizes.DEFAULTS))) {
            ContentTarget target = client.target("lib/big", new StopSignal());
            Descriptor layer = new Descriptor(Images.LAYER, digest(), SIZE);
            target.upload(layer).send(new Pattern());
            target.upload(Images.EMPTY).send(new ByteArrayInputStream("{}".getBytes(StandardCharsets.US_ASCII)));
            RawManifest manifest = Images.manifest("application/vnd.oci.image.manifest.v1+json",
                    "\"config\": " + Images.json(Images.EMPTY) + ", \"layers\": [" + Images.json(layer) + "]");
            target.put(manifest, "v1");
            return manifest.digest().toString();
        }
    }

    private static Digest digest() {
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            Pattern pattern = new Pattern();
            for (int read = pattern.read(buffer, 0, buffer.length); read >= 0; read = pattern.read(buffer, 0,
                    buffer.length)) {
                hash.update(buffer, 0, read);
            }
            return Digest.ofHash("sha256", hash.digest());
        }
        catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static Map<String, Object> registry(String name, Site site) {
        return Map.of("name", name, "registry_type", "oci", "url", site.url());
    }

    /** A gibibyte that is not all the same, and lies nowhere. */
    private static final class Pattern extends InputStream {

        private long at;

        @Override
        public int read() {
            byte[] one = new byte[1];
            return (read(one, 0, 1) < 0) ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (this.at >= SIZE) {
                return -1;
            }
            // Never over a border, so that the content does not depend on how it is read.
            int count = (int) Math.min(length, 65536 - this.at % 65536);
            Arrays.fill(buffer, offset, offset + count, (byte) (this.at >> 16));
            this.at += count;
            return count;
        }

    }

}
