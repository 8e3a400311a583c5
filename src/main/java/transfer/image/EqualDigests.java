package transfer.image;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import oci.model.Digest;
import oci.model.RawManifest;

/**
 * Which digests of different algorithms are of the same bytes, as far as those bytes have
 * been read: one registry names a tag by sha512, another by sha256. What was forgotten is
 * read again. One for a process.
 */
public final class EqualDigests {

    private static final int MOST = 20_000;

    private final Cache<Pair, Boolean> known = Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();

    /**
     * Whether both are of the same bytes, as far as that is known; an empty one is of
     * none.
     */
    boolean same(String one, String other) {
        return (one.equals(other) && !one.isEmpty()) || (differ(one, other) && known(Pair.of(one, other)));
    }

    private boolean known(Pair pair) {
        return this.known.getIfPresent(pair) != null;
    }

    /** Whether only the bytes can tell whether they are the same. */
    boolean untold(String one, String other) {
        return differ(one, other) && !known(Pair.of(one, other));
    }

    private static boolean differ(String one, String other) {
        return !one.isEmpty() && !other.isEmpty() && !algorithm(one).equals(algorithm(other));
    }

    private static String algorithm(String digest) {
        return digest.substring(0, Math.max(0, digest.indexOf(':')));
    }

    /**
     * Whether a manifest is what a registry names by this digest; empty names nothing.
     */
    boolean same(RawManifest manifest, String digest) {
        if (digest.isEmpty() || !differ(manifest.digest().toString(), digest)) {
            return manifest.digest().toString().equals(digest);
        }
        Digest named = Digest.parse(digest);
        learn(manifest);
        return named.equals(Digest.of(named.algorithm(), manifest.bytes()));
    }

    /** Its digests are of the same bytes. */
    void learn(RawManifest manifest) {
        this.known.put(Pair.of(Digest.of("sha256", manifest.bytes()).toString(),
                Digest.of("sha512", manifest.bytes()).toString()), true);
    }

    /** In one order, whichever way they are asked for. */
    private record Pair(String one, String other) {

        static Pair of(String one, String other) {
            return (one.compareTo(other) < 0) ? new Pair(one, other) : new Pair(other, one);
        }

    }

}
