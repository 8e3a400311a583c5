package oci;

import java.io.IOException;
import java.util.Optional;

import replication.registry.RegistryFailure;

/** Gets a manifest's bytes as they are. */
final class ManifestPull {

    private static final int MOST = 16 * 1024 * 1024;

    private final RemoteRepository repository;

    ManifestPull(RemoteRepository repository) {
        this.repository = repository;
    }

    RawManifest of(String reference) {
        Call call = Call
            .of("GET", this.repository.endpoint().manifest(this.repository.name(), reference),
                    "pull manifest " + this.repository.title(reference), this.repository.scopes())
            .accepting(MediaTypes.MANIFESTS);
        return this.repository.caller().ask(call, this.repository.stop(), (answer) -> read(call, answer, reference));
    }

    private static RawManifest read(Call call, Answer answer, String reference) throws IOException {
        byte[] bytes = answer.body(MOST);
        Digest digest = Digest.isDigest(reference) ? Digest.of(Digest.parse(reference).algorithm(), bytes)
                : Digest.sha256(bytes);
        if (Digest.isDigest(reference) && !digest.toString().equals(reference)) {
            // Worth another try: a cache or proxy on the way may have cut or mixed it.
            throw new CarriedFailure(new RegistryFailure.Transient(
                    "%s: the registry sent other content, %s".formatted(call.doing(), digest), null));
        }
        if (!Digest.isDigest(reference) && Json.cut(bytes)) {
            throw new CarriedFailure(new RegistryFailure.Transient(
                    "%s: the answer breaks off after %d bytes".formatted(call.doing(), bytes.length), null));
        }
        RawManifest manifest = new RawManifest(mediaType(answer, bytes), digest, bytes);
        Optional<Digest> told = told(answer, manifest);
        if (told.isPresent()) {
            throw new CarriedFailure(
                    new RegistryFailure.Transient("%s: the registry sent %s instead of %s, which it names"
                        .formatted(call.doing(), digest, told.get()), null));
        }
        return manifest;
    }

    /**
     * What the registry says that it is, where it is not that. The digest of a signed
     * schema 1 manifest is not that of its bytes.
     */
    private static Optional<Digest> told(Answer answer, RawManifest manifest) {
        if (manifest.mediaType().equals(MediaTypes.SIGNED)) {
            return Optional.empty();
        }
        return answer.header("Docker-Content-Digest")
            .flatMap(Digests::read)
            .filter((told) -> !told.equals(Digest.of(told.algorithm(), manifest.bytes())));
    }

    /**
     * As the document says where it does: registries compare the two when it is put, and
     * some call all that they send HTML or JSON.
     */
    private static String mediaType(Answer answer, byte[] bytes) {
        String told = MediaTypes.of(answer);
        String stated = Json.lenient(bytes).path("mediaType").asText("");
        if (MediaTypes.wellFormed(stated)) {
            return stated;
        }
        String guess = (stated.isEmpty() && !MediaTypes.MANIFESTS.contains(told)) ? ManifestReader.mediaType(bytes)
                : "";
        return guess.isEmpty() ? told : guess;
    }

}
