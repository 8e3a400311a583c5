package transfer.blob;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.util.List;
import java.util.Optional;

import fixtures.Blobs;
import fixtures.MemoryRegistries;
import fixtures.RealRegistry;
import fixtures.Registered;
import oci.ContentTarget;
import oci.ResumableUpload;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.Descriptor;
import oci.model.Secret;
import oci.model.StopSignal;
import oci.net.HttpSettings;
import oci.remote.RemoteRegistry;
import org.junit.jupiter.api.Test;
import replication.cluster.UploadSessions;
import replication.registry.Registry;
import replication.registry.RegistryCredential;

import static org.assertj.core.api.Assertions.assertThat;

class AbandonedUploadsTest {

    @Test
    void what_was_left_is_cancelled_at_its_registry_and_nothing_else() {
        byte[] content = Blobs.random(200_000, 1);
        Descriptor blob = Blobs.describe(content);
        try (RealRegistry real = RealRegistry.start()) {
            Registry registry = Registered.at(real).build();
            try (RemoteRegistry connection = RemoteRegistry.connect(Registered.at(real).access(), HttpSettings.DEFAULTS,
                    new HostLimits(LimitSizes.DEFAULTS))) {
                ContentTarget target = connection.target("lib/app", new StopSignal());
                String left = begun(target, content, blob);
                String used = begun(target, content, blob);

                new AbandonedUploads(
                        new Weekly(List.of(left("nowhere.example ", blob, left), left(key(registry), blob, "no url"),
                                left(key(registry), blob, left))),
                        new MemoryRegistries(locked(), registry), (_) -> connection)
                    .cancel();

                assertThat(target.uploadAgain(blob, left).orElseThrow().held()).isEmpty();
                assertThat(target.uploadAgain(blob, used).orElseThrow().held()).isPresent();
            }
        }
    }

    /** One that was saved with another key. */
    private static Registry locked() {
        Secret secret = Secret.sealed("sealed", () -> {
            throw new IllegalStateException("it cannot be opened");
        });
        return new Registry(7, "locked", "", "oci", URI.create("https://locked.example"), false,
                RegistryCredential.oauth(secret), null, null, 0);
    }

    private static String begun(ContentTarget target, byte[] content, Descriptor blob) {
        ResumableUpload upload = (ResumableUpload) target.upload(blob);
        upload.piece(new ByteArrayInputStream(content), 100_000);
        return upload.session();
    }

    private static UploadSessions.Left left(String registry, Descriptor blob, String session) {
        return new UploadSessions.Left(registry, "lib/app", blob.digest().toString(), session);
    }

    private static String key(Registry registry) {
        return RegistryKey.of(registry).text();
    }

    /** Tells what has been left. */
    private record Weekly(List<Left> abandoned) implements UploadSessions {

        @Override
        public Optional<String> find(String registry, String repository, String digest) {
            return Optional.empty();
        }

        @Override
        public void opened(String registry, String repository, String digest, String session) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void ended(String registry, String repository, String digest) {
            throw new UnsupportedOperationException();
        }

    }

}
