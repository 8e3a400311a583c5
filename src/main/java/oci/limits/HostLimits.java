package oci.limits;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import oci.model.HostRecords;
import oci.model.RegistryAccess;
import oci.model.RegistryAddress;

/**
 * The limits of every host and account that this process speaks to. A host counts an
 * account's requests however many registries are configured for it. There is one for all
 * connections.
 */
public final class HostLimits {

    /** Accounts change, and their tokens daily. */
    private static final int MOST_KEPT = 1000;

    private final LimitSizes sizes;

    private volatile LimitSizes share;

    private volatile int nodes = 1;

    private volatile Runnable listener = () -> {
    };

    private volatile AnswerMarks marks = AnswerMarks.NONE;

    private final ReadAhead memory;

    private final Permits largeManifests = ManifestHold.permits();

    private final ConcurrentMap<Key, ConcurrencyLimit> lanes = new ConcurrentHashMap<>();

    private final HostRecords records;

    public HostLimits(LimitSizes sizes) {
        this(sizes, new HostRecords());
    }

    /**
     * Limits of hosts.
     * @param records what hosts show is written there
     */
    public HostLimits(LimitSizes sizes, HostRecords records) {
        this(sizes, records, ReadAhead.ofHeap());
    }

    public HostLimits(LimitSizes sizes, HostRecords records, ReadAhead memory) {
        this.sizes = sizes;
        this.share = sizes;
        this.records = records;
        this.memory = memory;
    }

    public HostRecords records() {
        return this.records;
    }

    /** Divides the limits by the number of nodes from now on. */
    public void shareWith(int nodes) {
        this.nodes = nodes;
        this.share = this.sizes.share(nodes);
        this.lanes.values().forEach((each) -> each.resize(this.share));
    }

    /** Calls an action when one more host tells its limit. */
    public void onQuota(Runnable action) {
        this.listener = action;
    }

    /** Sets where the parsing of answers is marked. */
    public void mark(AnswerMarks where) {
        this.marks = where;
    }

    public AnswerMarks marks() {
        return this.marks;
    }

    public void tell() {
        this.listener.run();
    }

    /**
     * How many requests hosts still allow, by host; the lowest number of all accounts.
     */
    public Map<String, RateLimit> quotas() {
        Map<String, RateLimit> quotas = new TreeMap<>();
        this.lanes.forEach((key, each) -> each.quota()
            .ifPresent((quota) -> quotas.merge(key.server, quota,
                    (one, other) -> (one.left() <= other.left()) ? one : other)));
        return quotas;
    }

    public LimitSizes sizes() {
        return this.sizes;
    }

    /** Of large manifests that are in memory at once, see {@link ManifestHold}. */
    public Permits largeManifests() {
        return this.largeManifests;
    }

    public ReadAhead memory() {
        return this.memory;
    }

    /**
     * The limits for a registry. An unsaved registry has limits of its own, and answers
     * through a proxy count for that proxy only, so that a trial cannot hold a host back
     * for others.
     */
    public ConcurrencyLimit of(RegistryAccess access) {
        if (access.id() == 0) {
            return within(new ConcurrencyLimit(this.share), access);
        }
        Key key = new Key(RegistryAddress.of(access.url()).server(), access.account(),
                access.proxy().map(RegistryAddress::server));
        if (this.lanes.size() >= MOST_KEPT) {
            // Idle limits learn again what they are dropped with.
            this.lanes.values().removeIf(ConcurrencyLimit::idle);
        }
        return within(this.lanes.computeIfAbsent(key, (_) -> new ConcurrencyLimit(this.share)), access);
    }

    private ConcurrencyLimit within(ConcurrencyLimit limit, RegistryAccess access) {
        limit.turns().set(access.id(), access.rates(), () -> this.nodes);
        return limit;
    }

    private record Key(String server, String account, Optional<String> proxy) {
    }

}
