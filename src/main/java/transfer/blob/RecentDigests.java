package transfer.blob;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import oci.model.Digest;

/** A set of digests within a bound; what was added first is forgotten first. */
final class RecentDigests {

    private final Set<Digest> digests;

    RecentDigests(int bound) {
        this.digests = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {

            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Digest, Boolean> eldest) {
                return size() > bound;
            }

        }));
    }

    boolean contains(Digest digest) {
        return this.digests.contains(digest);
    }

    void add(Digest digest) {
        this.digests.add(digest);
    }

    void remove(Digest digest) {
        this.digests.remove(digest);
    }

}
