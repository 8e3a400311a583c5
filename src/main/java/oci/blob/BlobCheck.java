package oci.blob;

import java.util.OptionalLong;

import oci.http.HeadFallback;
import oci.http.RemoteRepository;
import oci.limits.Lane;
import oci.message.Answer;
import oci.message.Call;
import oci.message.Decimal;
import oci.model.Descriptor;
import oci.model.HostRecords;
import oci.model.RegistryFailure;

/** Asks whether a repository has a blob. */
public final class BlobCheck {

    private final RemoteRepository repository;

    public BlobCheck(RemoteRepository repository) {
        this.repository = repository;
    }

    public boolean has(Descriptor blob) {
        Call head = call("HEAD", blob);
        // A blob's lane, as what it is its digest tells; most of it is not read.
        Call get = (blob.size() == 0) ? call("GET", blob) : call("GET", blob).withHeader("Range", "bytes=0-0");
        try {
            return new HeadFallback(this.repository.caller(), HostRecords.Trait.HEAD_BLOB, this.repository.stop())
                .ask(head, (_) -> true, () -> has(get.in(Lane.READ), blob));
        }
        catch (RegistryFailure.NotFound _) {
            return false;
        }
    }

    private Call call(String method, Descriptor blob) {
        return Call.of(method, this.repository.endpoint().blob(this.repository.name(), blob.digest()),
                "look for blob %s in %s".formatted(blob.digest(), this.repository.title()), this.repository.scopes());
    }

    private boolean has(Call get, Descriptor blob) {
        return this.repository.caller()
            .ask(get, this.repository.stop(), (answer) -> !answer.page() || size(answer) == blob.size());
    }

    /** In bytes; -1 where untold. */
    private static long size(Answer answer) {
        return answer.header("Content-Range")
            .map((range) -> range.substring(range.indexOf('/') + 1))
            .map((size) -> Decimal.parse(size, 18))
            .filter(OptionalLong::isPresent)
            .map(OptionalLong::getAsLong)
            .orElseGet(answer::length);
    }

}
