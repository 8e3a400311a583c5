package transfer.blob;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import oci.model.Digest;

/**
 * Remembers in memory, within a bound and for a while. An entry takes about half a
 * kilobyte.
 */
public final class RememberedBlobs implements BlobLocations {

    public static final int DEFAULT_ENTRIES = 100_000;

    public static final Duration DEFAULT_AGE = Duration.ofHours(12);

    private static final int REPOSITORIES_PER_BLOB = 4;

    private final Cache<Key, List<String>> known;

    public RememberedBlobs(Clock clock) {
        this(clock, DEFAULT_ENTRIES, DEFAULT_AGE);
    }

    RememberedBlobs(Clock clock, int entries, Duration age) {
        this.known = Caffeine.newBuilder()
            .maximumSize(entries)
            .expireAfterWrite(age)
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .executor(Runnable::run)
            .build();
    }

    @Override
    public List<String> repositories(RegistryKey registry, Digest blob) {
        List<String> repositories = this.known.getIfPresent(new Key(registry, blob));
        return (repositories != null) ? repositories : List.of();
    }

    @Override
    public void remember(RegistryKey registry, Digest blob, String repository) {
        this.known.asMap()
            .merge(new Key(registry, blob), List.of(repository),
                    (before, first) -> Stream
                        .concat(first.stream(), before.stream().filter((other) -> !other.equals(repository)))
                        .limit(REPOSITORIES_PER_BLOB)
                        .toList());
    }

    @Override
    public void forget(RegistryKey registry, Digest blob, String repository) {
        this.known.asMap().computeIfPresent(new Key(registry, blob), (_, before) -> {
            List<String> others = before.stream().filter((other) -> !other.equals(repository)).toList();
            return others.isEmpty() ? null : others;
        });
    }

    private record Key(RegistryKey registry, Digest blob) {
    }

}
