package replication.cluster;

/**
 * Which node sends a large blob to a registry, and where it has brought it. A lease is
 * held as long as its node is heard of.
 */
public interface BlobLeases {

    /** For whom there are no others. */
    BlobLeases ALONE = new BlobLeases() {

        @Override
        public Turn take(String registry, String digest) {
            return new Turn.Lead();
        }

        @Override
        public void arrived(String registry, String digest, String repository) {
            // Nobody else would ask.
        }

        @Override
        public void seen(String registry, String digest, String repository) {
            // Nobody else would ask.
        }

        @Override
        public void forget(String registry, String digest, String repository) {
            // Nobody else believes it.
        }

        @Override
        public void release(String registry, String digest) {
            // Nobody else waits.
        }
    };

    /** Takes the lead, or says who has it or where the blob is. */
    Turn take(String registry, String digest);

    /** Ends the lead: the repository has the blob. Others learn of it a moment later. */
    void arrived(String registry, String digest, String repository);

    /** The repository has the blob. Others come to know of it by and by, if at all. */
    void seen(String registry, String digest, String repository);

    /** The blob was not there after all. */
    void forget(String registry, String digest, String repository);

    /** Ends the lead without it. Also of what is not led: then nothing changes. */
    void release(String registry, String digest);

    /** What a node is to do for a blob. */
    sealed interface Turn {

        /** It sends it. */
        record Lead() implements Turn {
        }

        /** Another node sends it at this moment. */
        record Wait(String node) implements Turn {
        }

        /** It is believed to be in this repository. */
        record Known(String repository) implements Turn {
        }

    }

}
