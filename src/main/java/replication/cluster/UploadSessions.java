package replication.cluster;

import java.util.List;
import java.util.Optional;

/**
 * The open uploads of large blobs, so that another process can continue them after a
 * crash. A record may be out of date; the registry is asked before an upload continues.
 */
public interface UploadSessions {

    /** The sessions of a process without others. */
    UploadSessions NONE = new UploadSessions() {

        @Override
        public Optional<String> find(String registry, String repository, String digest) {
            return Optional.empty();
        }

        @Override
        public void opened(String registry, String repository, String digest, String session) {
            // Nobody would ask.
        }

        @Override
        public void ended(String registry, String repository, String digest) {
            // Nobody would ask.
        }

        @Override
        public List<Left> abandoned() {
            return List.of();
        }
    };

    /** The open session that was recorded last. */
    Optional<String> find(String registry, String repository, String digest);

    /**
     * Records that an upload is open or has moved on.
     * @param session a URL, which is a secret
     */
    void opened(String registry, String repository, String digest, String session);

    void ended(String registry, String repository, String digest);

    /**
     * Takes some uploads that nobody has continued for a week; nobody finds them any
     * more.
     */
    List<Left> abandoned();

    /**
     * An abandoned upload.
     *
     * @param session a URL, which is a secret
     */
    record Left(String registry, String repository, String digest, String session) {

        @Override
        public String toString() {
            return "upload of %s to %s".formatted(this.digest, this.repository);
        }

    }

}
