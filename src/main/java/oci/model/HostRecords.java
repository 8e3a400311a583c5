package oci.model;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * What hosts have shown that they can do. The last observation counts, so a wrong one
 * corrects itself. There is one for a process, in memory; {@link #news()} gives what a
 * store keeps for longer.
 */
public final class HostRecords {

    private static final int HOSTS = 10_000;

    private static final long IN_DOUBT = -1;

    private final Map<String, Map<Trait, Long>> known = new HashMap<>();

    private final Set<Key> news = ConcurrentHashMap.newKeySet();

    /** The key of a host: scheme, name and port; of a folder, its URL. */
    public static String host(URI url) {
        RegistryAddress address = RegistryAddress.of(url);
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        return scheme.startsWith("http") ? scheme + "://" + address.server() : address.text();
    }

    /** The records of one host. */
    public Host of(URI url) {
        return new Host(this, host(url));
    }

    public void learn(String host, Trait trait, boolean can) {
        set(host, trait, can ? 1 : 0);
    }

    /** Marks an observation as doubtful, so that the next one decides. */
    public void forget(String host, Trait trait) {
        set(host, trait, IN_DOUBT);
    }

    /**
     * Records that the host missed a chance to show the trait. Two misses without a
     * success in between mean that it cannot.
     */
    public synchronized void missed(String host, Trait trait) {
        Long before = value(host, trait);
        if (before == null || before == IN_DOUBT) {
            set(host, trait, (before == null) ? IN_DOUBT : 0);
        }
    }

    /** Whether it can; empty where it has not shown it. */
    public Optional<Boolean> shown(String host, Trait trait) {
        return Optional.ofNullable(value(host, trait)).filter((value) -> value != IN_DOUBT).map((value) -> value == 1);
    }

    /** Records that the host refused a body of so many bytes as too large. */
    public synchronized void refused(String host, long bytes) {
        OptionalLong before = smallestRefused(host);
        if (bytes > 0 && (before.isEmpty() || bytes < before.getAsLong())) {
            set(host, Trait.REFUSED_BODY, bytes);
        }
    }

    /** Records that the host took a body of so many bytes. */
    public synchronized void took(String host, long bytes) {
        OptionalLong refused = smallestRefused(host);
        if (refused.isPresent() && bytes >= refused.getAsLong()) {
            set(host, Trait.REFUSED_BODY, 0);
        }
    }

    /** In bytes: the smallest body that was too large for it; empty where none was. */
    public OptionalLong smallestRefused(String host) {
        Long value = value(host, Trait.REFUSED_BODY);
        return (value != null && value > 0) ? OptionalLong.of(value) : OptionalLong.empty();
    }

    private synchronized @Nullable Long value(String host, Trait trait) {
        return this.known.getOrDefault(host, Map.of()).get(trait);
    }

    private synchronized void set(String host, Trait trait, long value) {
        Long before = put(host, trait, value);
        if (before == null || before != value) {
            this.news.add(new Key(host, trait));
        }
    }

    private @Nullable Long put(String host, Trait trait, long value) {
        if (!this.known.containsKey(host) && this.known.size() >= HOSTS) {
            // The cache starts over rather than grow without bound.
            this.known.clear();
            this.news.clear();
        }
        return this.known.computeIfAbsent(host, (_) -> new HashMap<>()).put(trait, value);
    }

    private void put(Fact fact) {
        put(fact.host(), fact.trait(), fact.value());
    }

    /** The observations since the last call. */
    public synchronized List<Fact> news() {
        List<Fact> facts = fresh();
        this.news.clear();
        return facts;
    }

    private List<Fact> fresh() {
        List<Fact> facts = new ArrayList<>();
        for (Key key : this.news) {
            Long value = value(key.host(), key.trait());
            if (value != null) {
                facts.add(new Fact(key.host(), key.trait(), value));
            }
        }
        return facts;
    }

    /** Marks observations as new again because they could not be stored. */
    public synchronized void notKept(List<Fact> facts) {
        this.news.addAll(facts.stream().map(Fact::key).collect(Collectors.toSet()));
    }

    /**
     * Takes over what this process and others keep. News of this process override it, and
     * everything else is forgotten.
     */
    public synchronized void take(List<Fact> kept) {
        List<Fact> fresh = fresh();
        this.known.clear();
        kept.forEach(this::put);
        fresh.forEach(this::put);
    }

    /** What one host has shown. */
    public record Host(HostRecords records, String name) {

        /** See {@link HostRecords#learn}. */
        public void learn(Trait trait, boolean can) {
            this.records.learn(this.name, trait, can);
        }

        /** See {@link HostRecords#missed}. */
        public void missed(Trait trait) {
            this.records.missed(this.name, trait);
        }

        /** See {@link HostRecords#shown}. */
        public Optional<Boolean> shown(Trait trait) {
            return this.records.shown(this.name, trait);
        }

    }

    /** What a host can, or cannot. */
    public enum Trait {

        /** Tells a manifest's digest in answer to HEAD. */
        HEAD_DIGEST,
        /** Serves HEAD of manifests. */
        HEAD_MANIFEST,
        /** Serves HEAD of blobs. */
        HEAD_BLOB,
        /** Has mounted a blob rather than opened an upload. */
        MOUNT,
        /** Takes uploads in pieces. */
        CHUNKED,
        /** Keeps an upload whose connection broke. */
        RESUME,
        /** Gives the part of a blob that is asked for. */
        RANGES,
        /** Lists a thousand names in one answer. */
        LONG_PAGES,
        /** In bytes: see {@link HostRecords#smallestRefused}; 0 for none. */
        REFUSED_BODY

    }

    /**
     * One thing that a host has shown.
     *
     * @param value 1 for yes, 0 for no and -1 where it is in doubt, but where the trait
     * says otherwise
     */
    public record Fact(String host, Trait trait, long value) {

        private Key key() {
            return new Key(this.host, this.trait);
        }

    }

    private record Key(String host, Trait trait) {
    }

}
