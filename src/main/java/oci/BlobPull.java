package oci;

import java.io.IOException;

import replication.registry.RegistryFailure;

/** Opens a blob for reading. It holds a read permit until it is closed. */
final class BlobPull {

    private final RemoteRepository repository;

    BlobPull(RemoteRepository repository) {
        this.repository = repository;
    }

    BlobContent open(Descriptor blob) {
        Call call = Call
            .of("GET", this.repository.endpoint().blob(this.repository.name(), blob.digest()),
                    "pull blob %s from %s".formatted(blob.digest(), this.repository.title()), this.repository.scopes())
            .in(Lane.READ);
        Answer answer = this.repository.caller().open(call, this.repository.stop());
        try {
            return new BlobContent(new BodyStream(answer, call, this.repository.stop()), answer.length());
        }
        catch (IOException ex) {
            answer.close();
            throw new RegistryFailure.Transient(call.doing() + ": " + ex.getMessage(), ex);
        }
    }

}
