package oci.manifest;

import java.io.IOException;
import java.util.Optional;

import oci.http.RemoteRepository;
import oci.limits.ManifestHold;
import oci.message.Answer;
import oci.message.Call;
import oci.model.CarriedFailure;
import oci.model.Digest;
import oci.model.MediaTypes;
import oci.model.RawManifest;
import oci.model.RegistryFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets a manifest's bytes as they are. Where they are not what their digest says, they
 * are read anew.
 */
public final class ManifestPull {

    private static final Logger LOG = LoggerFactory.getLogger(ManifestPull.class);

    /** In bytes; registries take no longer one (OCI distribution specification). */
    static final int MOST = 4 * 1024 * 1024;

    private final RemoteRepository repository;

    public ManifestPull(RemoteRepository repository) {
        this.repository = repository;
    }

    /** For whoever does not keep it. */
    public RawManifest of(String reference) {
        try (ManifestHold hold = new ManifestHold()) {
            return of(reference, hold);
        }
    }

    public RawManifest of(String reference, ManifestHold hold) {
        Rereads rereads = new Rereads();
        RemoteRepository from = this.repository;
        while (true) {
            try {
                return once(reference, from, hold);
            }
            catch (RegistryFailure.Mismatch ex) {
                String line = rereads.again(ex);
                LOG.info("{}", line);
                from = this.repository.afresh();
            }
        }
    }

    private static RawManifest once(String reference, RemoteRepository from, ManifestHold hold) {
        Call call = Call
            .of("GET", from.endpoint().manifest(from.name(), reference), "pull manifest " + from.title(reference),
                    from.scopes())
            .accepting(MediaTypes.ANY_MANIFEST);
        Optional<RawManifest> small = from.caller()
            .ask(call, from.stop(), (answer) -> read(call, answer, reference, hold));
        if (small.isPresent()) {
            return small.get();
        }
        // Not while the request holds its own permit: others with this one need that.
        hold.enlarge(from.caller().limits().largeManifests(), call.doing(), from.stop());
        return from.caller().ask(call, from.stop(), (answer) -> read(call, answer, reference, hold)).orElseThrow();
    }

    /** Empty where it is large, and nothing is held for that. */
    private static Optional<RawManifest> read(Call call, Answer answer, String reference, ManifestHold hold)
            throws IOException {
        byte[] bytes = hold.enlarged() ? answer.body(MOST) : answer.beginning(ManifestHold.FREE + 1);
        return (hold.enlarged() || hold.takes(bytes.length)) ? Optional.of(read(call, answer, reference, bytes))
                : Optional.empty();
    }

    private static RawManifest read(Call call, Answer answer, String reference, byte[] bytes) throws IOException {
        Digest digest = Digest.isDigest(reference) ? Digest.of(Digest.parse(reference).algorithm(), bytes)
                : Digest.sha256(bytes);
        if (Digest.isDigest(reference) && !digest.toString().equals(reference)) {
            throw new CarriedFailure(new RegistryFailure.Mismatch(call.doing(), reference, digest.toString()));
        }
        Optional<ManifestScan> scan = Optional.empty();
        boolean cut = false;
        try {
            scan = Optional.of(ManifestScan.of(bytes));
        }
        catch (ManifestScan.Malformed ex) {
            // Its bytes are what was asked for; ManifestReader says what is wrong.
            cut = ex.cut();
        }
        RawManifest manifest = new RawManifest(mediaType(answer, scan), digest, bytes);
        Optional<Digest> told = told(answer, manifest);
        if (told.isPresent()) {
            throw new CarriedFailure(
                    new RegistryFailure.Mismatch(call.doing(), told.get() + ", which it names", digest.toString()));
        }
        if (!Digest.isDigest(reference) && cut) {
            throw new CarriedFailure(new RegistryFailure.Transient(
                    "%s: the answer breaks off after %d bytes".formatted(call.doing(), bytes.length), null));
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
            .flatMap(Digest::read)
            .filter((told) -> !told.equals(Digest.of(told.algorithm(), manifest.bytes())));
    }

    /**
     * As the document says where it does: registries compare the two when it is put, and
     * some call all that they send HTML or JSON.
     */
    private static String mediaType(Answer answer, Optional<ManifestScan> scan) {
        String told = answer.mediaType();
        String stated = scan.map(ManifestScan::mediaType).orElse("");
        if (MediaTypes.wellFormed(stated)) {
            return stated;
        }
        String guess = (stated.isEmpty() && !MediaTypes.telling(told)) ? scan.map(ManifestReader::mediaType).orElse("")
                : "";
        return guess.isEmpty() ? told : guess;
    }

}
