package replication.cluster;

import java.util.List;
import java.util.Optional;

/**
 * Which uploads of large blobs are open, so that whoever takes up the work after a crash
 * goes on with them. What it says may be out of date: the registry is asked.
 */
public interface UploadSessions {

    /** For whom there is no other process. */
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

    /** The session that was opened last and has not ended. */
    Optional<String> find(String registry, String repository, String digest);

    /**
     * It is open, or has moved on.
     * @param session a URL, which is a secret
     */
    void opened(String registry, String repository, String digest, String session);

    void ended(String registry, String repository, String digest);

    /** Some that nobody has gone on with for a week; from here on nobody finds them. */
    List<Left> abandoned();

    /**
     * One that was left.
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
