package transfer.blob;

import java.util.Optional;

import oci.BlobUpload;
import oci.model.Descriptor;
import oci.model.HostRecords;
import oci.model.RegistryFailure;
import replication.cluster.UploadSessions;
import transfer.pace.BandwidthThrottle;
import transfer.pace.TransferSettings;

/** Pushes blobs into one repository. */
public record BlobPushes(RepositoryPair sides, OpenUploads uploads, UploadSessions sessions, UploadCapabilities manners,
        TransferSettings settings, BandwidthThrottle.Share bandwidth) {

    /** See {@link BlobPush#push}. */
    void push(Descriptor blob, Optional<BlobUpload> session, BlobTally tally) {
        new BlobPush(this, blob, tally).push(session);
    }

    /** Whether the registry says that it has a blob; where it refuses to, it may not. */
    boolean has(Descriptor blob) {
        try {
            return this.sides.target().has(blob);
        }
        catch (RegistryFailure ex) {
            if (ex.passing()) {
                throw ex;
            }
            return false;
        }
    }

    Retries retries() {
        return new Retries(this.settings.backoff(), this.sides.stop(), this.sides.order().log());
    }

    /** The destination's, as {@link HostRecords} calls it. */
    String host() {
        return HostRecords.host(this.sides.order().destination().url());
    }

    void log(String line) {
        this.sides.order().log().line(line);
    }

}
