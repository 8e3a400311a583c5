package replication.execution.flow;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Gatherers;
import java.util.stream.Stream;

import oci.model.RegistryFailure;
import oci.model.StopSignal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import replication.Defect;
import replication.Refusal;
import replication.ResourceType;
import replication.StoreAway;
import replication.execution.Executions;
import replication.execution.copy.PartialList;
import replication.execution.task.PlannedTask;
import replication.execution.task.Tasks;
import replication.policy.NamespaceMapping;
import replication.policy.Policy;
import replication.policy.RepositoryFilter;
import replication.registry.Connections;
import replication.registry.Registries;
import replication.registry.Registry;
import replication.registry.RegistryConnection;
import replication.registry.RepositoryQuery;

/**
 * Finds the tasks of an execution: checks both registries, lists the source's
 * repositories, filters them, makes sure of their namespaces and writes a task each,
 * batch by batch as the listing comes. Run again after a crash, it finds its rows and
 * goes on. Where a registry is away for now it is put off, and comes again.
 */
public final class Discovery {

    private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);

    /** Rows in one statement. */
    private static final int BATCH = 500;

    /**
     * How many namespaces are remembered as made; beyond it some are made sure of twice.
     */
    private static final int NAMESPACES_REMEMBERED = 10_000;

    private final Executions executions;

    private final Tasks tasks;

    private final Registries registries;

    private final Connections connections;

    private final Map<Long, Listing> underWay = new ConcurrentHashMap<>();

    public Discovery(Executions executions, Tasks tasks, Registries registries, Connections connections) {
        this.executions = executions;
        this.tasks = tasks;
        this.registries = registries;
        this.connections = connections;
    }

    /** Begins, or says that there is nothing to discover any more. */
    public Optional<Listing> begin(long executionId) {
        if (!this.executions.beginDiscovery(executionId)) {
            return Optional.empty();
        }
        Policy policy = this.executions.snapshot(executionId).orElseThrow();
        Listing listing = new Listing(executionId, policy);
        this.underWay.put(executionId, listing);
        try {
            listing.source = connect(listing, policy.srcRegistryId(), "source");
            listing.destination = connect(listing, policy.destRegistryId(), "destination");
            return Optional.of(listing);
        }
        catch (RuntimeException | Error ex) {
            end(listing, Defect.of(ex));
            return Optional.empty();
        }
    }

    private RegistryConnection connect(Listing listing, long registryId, String side) {
        Registry registry = this.registries.find(registryId).orElseThrow(() -> new RegistryGone(side)).registry();
        RegistryConnection connection = this.connections.apart(registry);
        listing.stop.onStop(connection::close);
        connection.check();
        return connection;
    }

    /**
     * Lists and writes the tasks; ends the execution as failed where the listing fails
     * for good. Where the execution is paused or stopped meanwhile, the listing breaks
     * off.
     */
    public void plan(Listing listing) {
        try (Stream<String> repositories = repositories(listing)) {
            Set<String> namespaces = new HashSet<>();
            listing.planned(repositories).gather(Gatherers.windowFixed(BATCH)).forEach((batch) -> {
                listing.stop.check();
                batch.forEach((task) -> prepare(listing, task, namespaces));
                this.tasks.add(listing.executionId, batch);
            });
            listing.stop.check();
            if (!listing.lacks.isEmpty()) {
                LOG.warn("execution {}: {}", listing.executionId, listing.lacks);
            }
            this.executions.endDiscovery(listing.executionId, listing.lacks);
            end(listing, null);
        }
        catch (RuntimeException | Error ex) {
            end(listing, Defect.of(ex));
        }
    }

    /** All of the source, or those that an event has named. */
    private Stream<String> repositories(Listing listing) {
        Set<String> named = this.executions.namedRepositories(listing.executionId);
        return named.isEmpty() ? listed(listing, listing.filter().query()) : named.stream();
    }

    /**
     * What a policy names comes also where the source does not list it: its task tells.
     */
    private static Stream<String> listed(Listing listing, RepositoryQuery query) {
        Stream<String> found = PartialList.of(listing.source().repositories(query), (lacks) -> listing.lacks = lacks);
        return switch (query) {
            case RepositoryQuery.Catalog _ -> found;
            case RepositoryQuery.Named(List<String> names) -> {
                Set<String> missing = new LinkedHashSet<>(names);
                yield Stream.concat(found.peek(missing::remove), Stream.of(missing).flatMap(Set::stream));
            }
        };
    }

    private void end(Listing listing, @Nullable RuntimeException cause) {
        boolean brokenOff = listing.stop.stopped();
        this.underWay.remove(listing.executionId);
        listing.stop.stop();
        if (brokenOff) {
            LOG.info("execution {}: the listing was broken off", listing.executionId);
        }
        else if (cause instanceof StoreAway) {
            throw cause;
        }
        else if (cause != null && (forGood(cause) || !putOff(listing.executionId, cause))) {
            fail(listing.executionId, cause);
        }
    }

    // A secret that cannot be opened is an IllegalStateException. What nobody has thought
    // of, such as a deadlock in the database, may pass.
    private static boolean forGood(RuntimeException cause) {
        return (cause instanceof RegistryFailure failure && !failure.passing()) || cause instanceof Refusal
                || cause instanceof RegistryGone || cause instanceof Defect || cause instanceof IllegalStateException;
    }

    private boolean putOff(long executionId, RuntimeException cause) {
        boolean comesAgain = this.executions.putOff(executionId, reason(cause));
        if (comesAgain) {
            LOG.warn("execution {}: the listing is tried again: {}", executionId, reason(cause));
        }
        return comesAgain;
    }

    private static String reason(RuntimeException cause) {
        return (cause.getMessage() != null) ? cause.getMessage() : cause.toString();
    }

    /** Breaks off what need not be listed any more; asked several times a second. */
    public void look() {
        if (this.underWay.isEmpty()) {
            return;
        }
        Set<Long> goOn = this.executions.discovering(this.underWay.keySet());
        this.underWay.values().stream().filter((listing) -> !goOn.contains(listing.executionId)).forEach(Listing::stop);
    }

    /** The node goes down: another lists anew. */
    public void breakOff() {
        this.underWay.values().forEach(Listing::stop);
    }

    private static void prepare(Listing listing, PlannedTask task, Set<String> namespaces) {
        String namespace = NamespaceMapping.namespaceOf(task.destination());
        if (namespace.isEmpty() || namespaces.contains(namespace)) {
            return;
        }
        listing.destination().createNamespace(namespace);
        if (namespaces.size() < NAMESPACES_REMEMBERED) {
            namespaces.add(namespace);
        }
    }

    private void fail(long executionId, RuntimeException failure) {
        LOG.warn("execution {} ends without copying: {}", executionId, reason(failure));
        this.executions.fail(executionId, reason(failure));
    }

    /** What is about to be listed. */
    public static final class Listing {

        private final long executionId;

        private final Policy policy;

        private final StopSignal stop = new StopSignal();

        private @Nullable RegistryConnection source;

        private @Nullable RegistryConnection destination;

        /** What the source's list lacks. */
        private String lacks = "";

        private Listing(long executionId, Policy policy) {
            this.executionId = executionId;
            this.policy = policy;
        }

        private void stop() {
            this.stop.stop();
        }

        private RegistryConnection source() {
            return Objects.requireNonNull(this.source);
        }

        private RegistryConnection destination() {
            return Objects.requireNonNull(this.destination);
        }

        RepositoryFilter filter() {
            return new RepositoryFilter(this.policy);
        }

        Stream<PlannedTask> planned(Stream<String> repositories) {
            RepositoryFilter filter = filter();
            NamespaceMapping mapping = NamespaceMapping.of(this.policy);
            if (!filter.accepts(ResourceType.IMAGE)) {
                return Stream.empty();
            }
            Function<String, Stream<PlannedTask>> plan = (repository) -> mapping.map(repository)
                .map((destination) -> new PlannedTask(ResourceType.IMAGE, repository, destination))
                .stream();
            return repositories.filter(filter::accepts).flatMap(plan);
        }

    }

    /** A registry was deleted after the execution had started. */
    private static final class RegistryGone extends RuntimeException {

        private static final long serialVersionUID = 1L;

        RegistryGone(String side) {
            super("the policy's " + side + " registry has been deleted");
        }

    }

}
