package transfer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import oci.Digest;

/** Blob locations in memory, for one process; the least recently used ones go first. */
public final class RememberedBlobs implements BlobLocations {

    private final Map<Key, String> repositories;

    /**
     * Remembers so many.
     * @param bound blobs at most, about 200 bytes each
     */
    public RememberedBlobs(int bound) {
        this.repositories = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, String> eldest) {
                return size() > bound;
            }
        };
    }

    @Override
    public synchronized Optional<String> find(String registry, Digest blob) {
        return Optional.ofNullable(this.repositories.get(new Key(registry, blob)));
    }

    @Override
    public synchronized void add(String registry, Digest blob, String repository) {
        this.repositories.put(new Key(registry, blob), repository);
    }

    @Override
    public synchronized void forget(String registry, Digest blob) {
        this.repositories.remove(new Key(registry, blob));
    }

    private record Key(String registry, Digest blob) {
    }

}
