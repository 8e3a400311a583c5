package cli.copy;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import oci.model.Descriptor;
import oci.model.Digest;

/**
 * How far a copy has come, by blobs: each digest counts once, whoever wants it. What is
 * to come is known as far as manifests have been read.
 */
final class CopyProgress {

    private final Map<Digest, Long> expected = new ConcurrentHashMap<>();

    private final Map<Digest, Long> came = new ConcurrentHashMap<>();

    void expect(Descriptor blob) {
        this.expected.put(blob.digest(), Math.max(0, blob.size()));
    }

    /** It is sent from its first byte on, perhaps once more. */
    void begun(Descriptor blob) {
        this.came.put(blob.digest(), 0L);
    }

    void moved(Descriptor blob, long bytes) {
        this.came.merge(blob.digest(), bytes, Long::sum);
    }

    /** It is there without having been sent. */
    void there(Descriptor blob) {
        this.came.put(blob.digest(), Math.max(0, blob.size()));
    }

    long done() {
        return this.came.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Never less than what is done. */
    long total() {
        return Math.max(done(), this.expected.values().stream().mapToLong(Long::longValue).sum());
    }

}
