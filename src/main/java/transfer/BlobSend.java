package transfer;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import oci.BlobContent;
import oci.BlobUpload;
import oci.ContentSource;
import oci.ContentTarget;
import oci.Descriptor;
import org.jspecify.annotations.Nullable;
import replication.registry.RegistryFailure;

/** Streams a blob from one side to the other, reading and writing at the same time. */
record BlobSend(ContentSource source, ContentTarget target, OpenUploads uploads, Retries retries) {

    /**
     * Sends it, beginning anew with both streams while what fails may pass.
     * @param session to be used first, where a declined mount has left one
     */
    void send(Descriptor blob, Optional<BlobUpload> session, Tally tally) {
        AtomicReference<@Nullable BlobUpload> left = new AtomicReference<>(session.orElse(null));
        this.retries.run(() -> {
            BlobUpload given = left.getAndSet(null);
            BlobUpload upload = (given != null) ? given : this.uploads.opened(this.target.upload(blob));
            tally.sent(sendThrough(upload, blob));
        });
    }

    private long sendThrough(BlobUpload upload, Descriptor blob) {
        try (BlobContent content = this.source.blob(blob)) {
            long sent = upload.send(content.stream());
            this.uploads.committed(upload);
            return sent;
        }
        catch (RegistryFailure ex) {
            this.retries.stop().check();
            this.uploads.cancel(upload);
            throw ex;
        }
    }

}
