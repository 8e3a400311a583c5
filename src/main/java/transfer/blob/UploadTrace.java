package transfer.blob;

import java.util.Optional;

import oci.model.Digest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import replication.StoreAway;
import replication.cluster.UploadSessions;

/**
 * Tells other processes about a blob's upload, so that they can go on with it. A failure
 * to tell them does not stop the upload.
 */
record UploadTrace(UploadSessions sessions, String registry, String repository, Digest blob) {

    private static final Logger LOG = LoggerFactory.getLogger(UploadTrace.class);

    static UploadTrace of(RepositoryPair sides, Digest blob, UploadSessions sessions) {
        return new UploadTrace(sessions, sides.destination().text(), sides.order().destinationRepository(), blob);
    }

    /** The session that a process that has gone left open. */
    Optional<String> find() {
        return this.sessions.find(this.registry, this.repository, this.blob.toString());
    }

    void opened(String session) {
        tell(() -> this.sessions.opened(this.registry, this.repository, this.blob.toString(), session));
    }

    void ended() {
        tell(() -> this.sessions.ended(this.registry, this.repository, this.blob.toString()));
    }

    private void tell(Runnable news) {
        try {
            news.run();
        }
        catch (StoreAway ex) {
            LOG.debug("upload of {} to {}: others do not learn of it: {}", this.blob, this.repository, ex.getMessage());
        }
    }

}
