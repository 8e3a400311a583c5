package transfer.blob;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;

import oci.model.Digest;
import org.jspecify.annotations.Nullable;

/**
 * Remembers in memory, within a bound: what was used least recently goes first. An entry
 * takes about half a kilobyte.
 */
public final class RememberedBlobs implements BlobLocations {

    public static final int DEFAULT_ENTRIES = 100_000;

    public static final Duration DEFAULT_AGE = Duration.ofHours(12);

    private static final int REPOSITORIES_PER_BLOB = 4;

    private final LinkedHashMap<Key, List<Location>> known = new LinkedHashMap<>(16, 0.75f, true);

    private final Clock clock;

    private final int entries;

    private final Duration age;

    public RememberedBlobs(Clock clock) {
        this(clock, DEFAULT_ENTRIES, DEFAULT_AGE);
    }

    RememberedBlobs(Clock clock, int entries, Duration age) {
        this.clock = clock;
        this.entries = entries;
        this.age = age;
    }

    @Override
    public synchronized List<String> repositories(RegistryKey registry, Digest blob) {
        Instant oldest = this.clock.instant().minus(this.age);
        return others(new Key(registry, blob), "").filter((location) -> location.since().isAfter(oldest))
            .map(Location::repository)
            .toList();
    }

    @Override
    public synchronized void remember(RegistryKey registry, Digest blob, String repository) {
        Key key = new Key(registry, blob);
        this.known.put(key,
                Stream.concat(Stream.of(new Location(repository, this.clock.instant())), others(key, repository))
                    .limit(REPOSITORIES_PER_BLOB)
                    .toList());
        if (this.known.size() > this.entries) {
            this.known.pollFirstEntry();
        }
    }

    @Override
    public synchronized void forget(RegistryKey registry, Digest blob, String repository) {
        Key key = new Key(registry, blob);
        List<Location> rest = others(key, repository).toList();
        if (rest.isEmpty()) {
            this.known.remove(key);
        }
        else {
            this.known.put(key, rest);
        }
    }

    private Stream<Location> others(Key key, String repository) {
        @Nullable List<Location> locations = this.known.get(key);
        return (locations != null) ? locations.stream().filter((location) -> !location.repository().equals(repository))
                : Stream.empty();
    }

    private record Key(RegistryKey registry, Digest blob) {
    }

    private record Location(String repository, Instant since) {
    }

}
