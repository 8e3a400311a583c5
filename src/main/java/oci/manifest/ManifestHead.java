package oci.manifest;

import java.util.Optional;

import oci.http.HeadFallback;
import oci.http.RemoteRepository;
import oci.message.Answer;
import oci.message.Call;
import oci.model.Descriptor;
import oci.model.Digest;
import oci.model.HostRecords;
import oci.model.MediaTypes;
import oci.model.RawManifest;
import oci.model.RegistryFailure;

/** Asks what a tag or digest points at, without a pull where HEAD tells it. */
public final class ManifestHead {

    private final RemoteRepository repository;

    public ManifestHead(RemoteRepository repository) {
        this.repository = repository;
    }

    public Optional<Descriptor> of(String reference) {
        Call call = Call
            .of("HEAD", this.repository.endpoint().manifest(this.repository.name(), reference),
                    "look at manifest " + this.repository.title(reference), this.repository.scopes())
            .accepting(MediaTypes.ANY_MANIFEST);
        try {
            return new HeadFallback(this.repository.caller(), HostRecords.Trait.HEAD_MANIFEST, this.repository.stop())
                .ask(call, (answer) -> told(answer, reference), () -> Optional.of(pulled(reference)))
                .or(() -> Optional.of(pulled(reference)));
        }
        catch (RegistryFailure.NotFound _) {
            return Optional.empty();
        }
    }

    private Optional<Descriptor> told(Answer answer, String reference) {
        Optional<Descriptor> told = descriptor(answer, reference);
        if (!Digest.isDigest(reference)) {
            this.repository.caller().host().learn(HostRecords.Trait.HEAD_DIGEST, told.isPresent());
        }
        return told;
    }

    /** Empty where the registry does not tell the digest. */
    private static Optional<Descriptor> descriptor(Answer answer, String reference) {
        Optional<Digest> digest = Digest.isDigest(reference) ? Optional.of(Digest.parse(reference))
                : answer.header("Docker-Content-Digest").flatMap(Digest::read);
        return digest.map((known) -> new Descriptor(answer.mediaType(), known, answer.length()));
    }

    private Descriptor pulled(String reference) {
        RawManifest manifest = new ManifestPull(this.repository).of(reference);
        return new Descriptor(manifest.mediaType(), manifest.digest(), manifest.bytes().length);
    }

}
