package oci.blob;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import oci.BlobUpload;
import oci.http.Location;
import oci.http.RemoteRepository;
import oci.message.Answer;
import oci.message.Body;
import oci.message.Call;
import oci.message.Decimal;
import oci.model.Descriptor;
import oci.model.HostRecords;
import oci.model.RegistryFailure;
import oci.model.Scope;

/** Opens upload sessions, or has the registry spare them by a mount. */
public final class UploadStart {

    private final RemoteRepository repository;

    public UploadStart(RemoteRepository repository) {
        this.repository = repository;
    }

    public BlobUpload open(Descriptor blob) {
        Call call = call("", this.repository.scopes(),
                "open an upload of blob %s to %s".formatted(blob.digest(), this.repository.title()));
        return this.repository.caller().ask(call, this.repository.stop(), (answer) -> opened(blob, call, answer));
    }

    /** Empty where the blob is in place; an upload where the registry declined. */
    public Optional<BlobUpload> mount(Descriptor blob, String from) {
        // Push first: some token services look at the first scope only.
        List<Scope> both = List.of(this.repository.scopes().getFirst(), Scope.repository(from, "pull"));
        Call call = call("?mount=%s&from=%s".formatted(encode(blob.digest().toString()), encode(from)), both,
                "mount blob %s from %s into %s".formatted(blob.digest(), from, this.repository.title()));
        try {
            Optional<BlobUpload> declined = this.repository.caller()
                .ask(call, this.repository.stop(), (answer) -> (answer.status() == 202)
                        ? Optional.of(opened(blob, call, answer)) : Optional.empty());
            // One that is declined may only lack the blob.
            if (declined.isEmpty() || this.repository.caller().host().shown(HostRecords.Trait.MOUNT).isEmpty()) {
                this.repository.caller().host().learn(HostRecords.Trait.MOUNT, declined.isEmpty());
            }
            return declined;
        }
        catch (RegistryFailure.Unauthorized | RegistryFailure.NotFound | RegistryFailure.Permanent _) {
            // A token for two repositories may be refused, and some registries take a
            // mount that they cannot do for an error.
            return Optional.of(open(blob));
        }
    }

    private OpenUpload opened(Descriptor blob, Call call, Answer answer) throws IOException {
        long pieceAtLeast = answer.header("OCI-Chunk-Min-Length")
            .map((text) -> Decimal.parse(text, 12).orElse(0))
            .orElse(0L);
        return new OpenUpload(this.repository, blob, Location.of(call, answer), pieceAtLeast);
    }

    private Call call(String query, List<Scope> scopes, String doing) {
        return Call
            .of("POST", this.repository.endpoint().v2(this.repository.name() + "/blobs/uploads/" + query), doing,
                    scopes)
            .with(Body.EMPTY);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

}
