package transfer;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import fixtures.MemoryRegistry;
import fixtures.PolicyBuilder;
import oci.ContentRegistry;
import oci.model.HostRecords;
import oci.model.StopSignal;
import org.jspecify.annotations.Nullable;
import replication.bandwidth.Bandwidths;
import replication.cluster.BlobLeases;
import replication.cluster.UploadSessions;
import replication.execution.copy.Change;
import replication.execution.copy.Outcome;
import replication.execution.copy.Placements;
import replication.execution.copy.RepositoryCopy;
import replication.execution.copy.TransferOrder;
import replication.execution.state.Mode;
import replication.policy.Filter;
import replication.policy.FilterKinds;
import replication.policy.ForeignLayers;
import replication.policy.Policy;
import replication.registry.Registry;
import replication.registry.RegistryCredential;
import transfer.blob.BlobFlights;
import transfer.blob.BlobLocations;
import transfer.blob.RegistryKey;
import transfer.blob.RememberedBlobs;
import transfer.image.ImageTransfer;
import transfer.pace.BandwidthThrottle;
import transfer.pace.TransferSettings;

/** Two registries and what it takes to copy between them. */
public final class Copying {

    public static final TransferSettings.Backoff FAST = new TransferSettings.Backoff(5, Duration.ofMillis(1),
            Duration.ofMillis(5), Duration.ofMinutes(2));

    public static final TransferSettings SETTINGS = new TransferSettings(32, 8, 256 * 1024, 256 * 1024,
            16 * 1024 * 1024, 32L * 1024 * 1024, 8, 1000, FAST);

    private static final Registry SOURCE = registry(1, "https://source.example");

    private static final Registry DESTINATION = registry(2, "https://destination.example");

    public final StopSignal stop = new StopSignal();

    public final List<String> log = new CopyOnWriteArrayList<>();

    public final BlobLocations locations = new RememberedBlobs(Clock.systemUTC());

    public final HostRecords records = new HostRecords();

    private final List<Filter> filters = new ArrayList<>();

    private final ImageTransfer transfer;

    private FilterKinds kinds = FilterKinds.BUILT_IN;

    private Registry destination = DESTINATION;

    private Overriding overriding = Overriding.ALLOWED;

    private ForeignLayers foreignLayers = ForeignLayers.SKIP_BYTES;

    private @Nullable Placements placed;

    private Mode mode = Mode.APPLY;

    private Set<String> named = Set.of();

    private Set<String> deleted = Set.of();

    public Copying(ContentRegistry source, ContentRegistry destination) {
        this(source, destination, SETTINGS);
    }

    public Copying(ContentRegistry source, ContentRegistry destination, TransferSettings settings) {
        this(source, destination, settings, BlobLeases.ALONE);
    }

    public Copying(ContentRegistry source, ContentRegistry destination, TransferSettings settings, BlobLeases leases) {
        Function<Registry, ContentRegistry> connections = (registry) -> registry.equals(SOURCE) ? source : destination;
        this.transfer = new ImageTransfer(connections, settings, new BlobFlights(), this.locations, leases,
                UploadSessions.NONE, new BandwidthThrottle(Bandwidths.NONE, Clock.systemUTC()), this.records);
    }

    private Copying(ImageTransfer transfer) {
        this.transfer = transfer;
    }

    /** Another task of the same process, with a stop of its own. */
    Copying alongside() {
        return new Copying(this.transfer);
    }

    public static Copying within(MemoryRegistry registry) {
        Copying copying = new Copying(registry, registry);
        copying.destination = SOURCE;
        return copying;
    }

    public Copying withoutOverride() {
        this.overriding = Overriding.FORBIDDEN;
        return this;
    }

    /** From now on it finds out what it would do. */
    Copying planning() {
        this.mode = Mode.PLAN;
        return this;
    }

    Copying with(ForeignLayers choice) {
        this.foreignLayers = choice;
        return this;
    }

    public Copying onlyTags(String glob) {
        this.filters.add(Filter.matching("tag", glob));
        return this;
    }

    /** Selects by these filters, of these kinds. */
    public Copying selecting(FilterKinds known, Filter... wanted) {
        this.kinds = known;
        this.filters.addAll(List.of(wanted));
        return this;
    }

    /** Deletes what these say that the policy has put there, and the source lacks. */
    public Copying carryingDeletions(Placements put) {
        this.placed = put;
        return this;
    }

    /** From now on it is about these tags alone, as an event of a push names them. */
    Copying named(String... tags) {
        this.named = Set.of(tags);
        this.deleted = Set.of();
        return this;
    }

    /**
     * From now on it is about these tags alone, as an event of their deletion names them.
     */
    Copying deleted(String... tags) {
        this.named = Set.of(tags);
        this.deleted = this.named;
        return this;
    }

    /** From now on it is about some tags alone, or about all where none are named. */
    public Copying about(Set<String> tags, Set<String> whoseDeletionWasTold) {
        this.named = tags;
        this.deleted = whoseDeletionWasTold;
        return this;
    }

    /** Where the destination's blobs are remembered to be. */
    public RegistryKey destinationKey() {
        return RegistryKey.of(this.destination);
    }

    public RepositoryCopy open(String from, String to) {
        Placements put = this.placed;
        Policy policy = PolicyBuilder.between(1, 2)
            .filters(this.filters)
            .deletion(put != null)
            .override(this.overriding == Overriding.ALLOWED)
            .foreignLayers(this.foreignLayers)
            .build(1);
        return this.transfer.open(
                new TransferOrder(0, SOURCE, from, this.destination, to, policy, this.kinds.of(policy), null, this.mode,
                        this.named, this.deleted, (put != null) ? put : Placements.NOTHING, this.stop, this.log::add));
    }

    /** Copies all that differs, one after the other. */
    public List<Outcome> all(String repository) {
        return all(repository, repository);
    }

    public List<Outcome> all(String from, String to) {
        List<Outcome> outcomes = new ArrayList<>();
        try (RepositoryCopy copy = open(from, to)) {
            copy.changes().forEachRemaining((change) -> outcomes.add(copy.copy(change)));
        }
        return outcomes;
    }

    /** Copies what must be one tag. */
    public Outcome one(String repository) {
        List<Outcome> outcomes = all(repository);
        if (outcomes.size() != 1) {
            throw new AssertionError("not one outcome: " + outcomes);
        }
        return outcomes.getFirst();
    }

    /**
     * On a thread of its own: the common pool has one on two cores, which a hang takes.
     */
    public static <T> CompletableFuture<T> start(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, Thread::startVirtualThread);
    }

    public static Stream<Change> stream(Iterator<Change> changes) {
        return Stream.generate(() -> changes).takeWhile(Iterator::hasNext).map(Iterator::next);
    }

    private static Registry registry(long id, String url) {
        return new Registry(id, "r" + id, "", "oci", URI.create(url), false, RegistryCredential.NONE, null, null, 0);
    }

    private enum Overriding {

        ALLOWED, FORBIDDEN

    }

}
