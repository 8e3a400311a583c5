package oci.manifest;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import oci.http.RemoteRepository;
import oci.message.Answer;
import oci.message.Body;
import oci.message.Call;
import oci.message.Rejection;
import oci.model.CarriedFailure;
import oci.model.Descriptor;
import oci.model.Digest;
import oci.model.Manifest;
import oci.model.OutsideText;
import oci.model.RawManifest;
import oci.model.Reason;
import oci.model.RegistryFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts a manifest under a tag or its digest. */
public final class ManifestPush {

    private static final Logger LOG = LoggerFactory.getLogger(ManifestPush.class);

    private static final int AGAIN = 2;

    private final RemoteRepository repository;

    public ManifestPush(RemoteRepository repository) {
        this.repository = repository;
    }

    public void put(RawManifest manifest, String reference) {
        Call call = Call
            .of("PUT", this.repository.endpoint().manifest(this.repository.name(), reference),
                    "push manifest " + this.repository.title(reference), this.repository.scopes())
            .with(new Body.Bytes(manifest.mediaType(), manifest.bytes()))
            .judgedBy((rejection) -> judge(rejection, manifest));
        try {
            put(call, manifest, 0);
        }
        catch (RegistryFailure.Permanent refused) {
            if (Digest.isDigest(reference) || !there(manifest, reference, refused)) {
                throw refused;
            }
        }
    }

    /**
     * What arrived as something else is put again at once: it may have been altered on
     * its way.
     */
    private void put(Call call, RawManifest manifest, int again) {
        try {
            this.repository.caller().ask(call, this.repository.stop(), (answer) -> compare(call, answer, manifest));
        }
        catch (RegistryFailure.Mismatch ex) {
            if (again == AGAIN) {
                throw new RegistryFailure.Permanent(
                        "%s; so it was answered %d times".formatted(ex.getMessage(), again + 1), ex);
            }
            LOG.info("{}; it is put again at once", ex.getMessage());
            put(call, manifest, again + 1);
        }
    }

    /**
     * A tag that may not be changed is refused also to the one who has just put it, where
     * that answer was lost.
     */
    private boolean there(RawManifest manifest, String tag, RegistryFailure refused) {
        try {
            return new ManifestHead(this.repository).of(tag)
                .filter((present) -> present.digest().equals(Digest.of(present.digest().algorithm(), manifest.bytes())))
                .isPresent();
        }
        catch (RegistryFailure unknown) {
            unknown.addSuppressed(refused);
            throw unknown.passing() ? unknown : refused;
        }
    }

    private static boolean compare(Call call, Answer answer, RawManifest manifest) throws IOException {
        Optional<Digest> stored = answer.header("Docker-Content-Digest")
            .flatMap(Digest::read)
            .filter((digest) -> digest.algorithm().equals(manifest.digest().algorithm()))
            .filter((digest) -> !digest.equals(manifest.digest()));
        if (stored.isPresent()) {
            throw new CarriedFailure(new RegistryFailure.Mismatch("%s: the registry stored %s instead of %s"
                .formatted(call.doing(), stored.get(), manifest.digest())));
        }
        return true;
    }

    /** Not found means that something referred to is missing, and that alone. */
    private static RegistryFailure judge(Rejection rejection, RawManifest manifest) {
        Optional<RegistryFailure> urls = refusedUrls(rejection, manifest);
        if (urls.isPresent()) {
            return urls.get();
        }
        boolean incomplete = Stream.of("MANIFEST_BLOB_UNKNOWN", "MANIFEST_UNKNOWN", "BLOB_UNKNOWN")
            .anyMatch(rejection.error()::says);
        if (incomplete && rejection.status() / 100 == 4) {
            return new RegistryFailure.NotFound(rejection.message());
        }
        if (rejection.status() == 400 && rejection.error().says("DIGEST_INVALID")) {
            return new RegistryFailure.Mismatch(rejection.message());
        }
        return (rejection.status() == 404) ? new RegistryFailure.Permanent(rejection.message()) : rejection.failure();
    }

    /**
     * Distribution takes no manifest that names URLs unless it is told to. Up to 2.8 it
     * says so with 500 and beside an unknown blob, and would say it each time.
     */
    private static Optional<RegistryFailure> refusedUrls(Rejection rejection, RawManifest manifest) {
        boolean refused = rejection.error().says("MANIFEST_INVALID") || (rejection.status() == 500
                && rejection.error().says("UNKNOWN") && rejection.error().says("MANIFEST_BLOB_UNKNOWN"));
        return refused
                ? elsewhere(manifest)
                    .map((layer) -> new RegistryFailure.Permanent(
                            new Reason(
                                    "%s; its layer %s (%s) lies at %s".formatted(rejection.message(), layer.digest(),
                                            layer.mediaType(),
                                            layer.urls().isEmpty() ? "no URL"
                                                    : OutsideText.line(layer.urls().getFirst(), 200)),
                                    "distribution takes such URLs only where validation.manifests.urls.allow matches them"),
                            null))
                : Optional.empty();
    }

    private static Optional<Descriptor> elsewhere(RawManifest manifest) {
        return (ManifestReader.read(manifest) instanceof Manifest.Image(List<Descriptor> blobs))
                ? blobs.stream().filter((blob) -> blob.foreign() || !blob.urls().isEmpty()).findFirst()
                : Optional.empty();
    }

}
