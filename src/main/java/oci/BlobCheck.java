package oci;

import replication.registry.RegistryFailure;

/** Asks whether a repository has a blob. */
final class BlobCheck {

    private final RemoteRepository repository;

    BlobCheck(RemoteRepository repository) {
        this.repository = repository;
    }

    boolean has(Descriptor blob) {
        Call call = Call.of("HEAD", this.repository.endpoint().blob(this.repository.name(), blob.digest()),
                "look for blob %s in %s".formatted(blob.digest(), this.repository.title()), this.repository.scopes());
        try {
            return this.repository.caller().ask(call, this.repository.stop(), (_) -> true);
        }
        catch (RegistryFailure.NotFound _) {
            return false;
        }
    }

}
