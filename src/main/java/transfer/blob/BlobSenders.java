package transfer.blob;

import java.util.Optional;

import oci.BlobUpload;
import oci.model.Descriptor;
import replication.cluster.UploadSessions;
import transfer.pace.Throttle;
import transfer.pace.TransferSettings;

/** What sending any blob of one repository needs. */
public record BlobSenders(Sides sides, OpenUploads uploads, UploadSessions sessions, UploadManners manners,
        TransferSettings settings, Throttle throttle) {

    /** See {@link BlobSend#send}. */
    void send(Descriptor blob, Optional<BlobUpload> session, BlobTally tally) {
        Retries retries = new Retries(this.settings.backoff(), this.sides.stop(), this.sides.order().log());
        new BlobSend(this.sides, blob, this.uploads, UploadTrace.of(this.sides, blob.digest(), this.sessions),
                this.manners, this.settings.resumeFrom(), this.throttle)
            .send(session, retries, tally);
    }

}
