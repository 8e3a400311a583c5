package replication.cluster;

/**
 * Decides which node sends a large blob to a registry, and knows where it has arrived. A
 * lease is held as long as its node's heartbeats arrive.
 */
public interface BlobLeases {

    /** The leases of a process without other nodes. */
    BlobLeases ALONE = new BlobLeases() {

        @Override
        public Decision take(String registry, String digest) {
            return new Decision.Send();
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
            // Nobody else relies on it.
        }

        @Override
        public void release(String registry, String digest) {
            // Nobody else waits.
        }
    };

    /** Takes the lease of a blob, or returns its holder or the place of the blob. */
    Decision take(String registry, String digest);

    /**
     * Ends the lease: the repository has the blob. Other nodes learn of it a moment
     * later.
     */
    void arrived(String registry, String digest, String repository);

    /** Notes that the repository has the blob. Other nodes may learn of it later. */
    void seen(String registry, String digest, String repository);

    /** Forgets a place that does not have the blob after all. */
    void forget(String registry, String digest, String repository);

    /** Ends the lease without a blob; changes nothing if this node has no lease. */
    void release(String registry, String digest);

    /** What a node does about a blob. */
    sealed interface Decision {

        /** This node has the lease and sends the blob. */
        record Send() implements Decision {
        }

        /** Another node is sending the blob. */
        record Wait(String node) implements Decision {
        }

        /** The blob is probably in this repository. */
        record Known(String repository) implements Decision {
        }

    }

}
