package transfer.pace;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

import oci.model.Descriptor;
import oci.model.Digest;
import replication.execution.copy.Moved;

/**
 * The progress of the copies of one repository. A blob that several of them want counts
 * once. Safe for many threads.
 */
public final class Traffic {

    private final Map<Digest, Wanted> wanted = new HashMap<>();

    /** How many copies have not read yet what they consist of. */
    private int unknown;

    /** In bytes, by copies that have not ended. */
    private long sent;

    private long passed;

    public synchronized Moved moved() {
        long rest = this.wanted.values().stream().mapToLong((blob) -> Math.max(0, blob.left)).sum();
        return new Moved(this.sent, this.passed, (this.unknown > 0) ? null : rest);
    }

    public synchronized void begins() {
        this.unknown++;
    }

    public synchronized void knows() {
        this.unknown--;
    }

    public synchronized void want(Collection<Descriptor> blobs) {
        for (Descriptor blob : blobs) {
            Wanted known = this.wanted.computeIfAbsent(blob.digest(), (_) -> new Wanted(Math.max(0, blob.size())));
            known.copies++;
        }
    }

    public synchronized void wantNoMore(Collection<Descriptor> blobs) {
        for (Descriptor blob : blobs) {
            Wanted known = this.wanted.get(blob.digest());
            if (known != null && --known.copies == 0) {
                this.wanted.remove(blob.digest());
            }
        }
    }

    /** The destination has the blob, sent, mounted or known. */
    public synchronized void arrived(Descriptor blob) {
        Wanted known = this.wanted.get(blob.digest());
        if (known != null) {
            known.left = 0;
        }
    }

    /** So many bytes of a blob were sent. */
    public synchronized void passed(Descriptor blob, long bytes) {
        this.passed += bytes;
        moves(blob, bytes);
    }

    /**
     * The destination holds so many bytes of a blob more than was known, or fewer where
     * the number is negative.
     */
    public synchronized void moves(Descriptor blob, long bytes) {
        this.sent += bytes;
        Wanted known = this.wanted.get(blob.digest());
        if (known != null) {
            known.left -= bytes;
        }
    }

    /** A copy that had sent so many bytes has ended. */
    public synchronized void ended(long bytes) {
        this.sent -= bytes;
    }

    private static final class Wanted {

        private long left;

        private int copies;

        Wanted(long left) {
            this.left = left;
        }

    }

}
