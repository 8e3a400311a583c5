package replication.execution.flow;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import oci.model.Reason;
import oci.model.RegistryFailure;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import replication.Defect;
import replication.Refusal;
import replication.ResourceType;
import replication.StoreAway;
import replication.execution.Execution;
import replication.execution.Executions;
import replication.execution.copy.ResourceHandlers;
import replication.execution.state.Mode;
import replication.execution.task.Tasks;
import replication.policy.Policy;
import replication.registry.Connections;
import replication.registry.Registries;
import replication.registry.Registry;
import replication.registry.RegistryConnection;

/**
 * Finds the tasks of an execution, step by step as the route {@code discover} calls them.
 * Run again after a crash, it finds its rows and goes on. Where a registry is away, the
 * execution is put off and discovered later.
 */
public final class Discovery {

    private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);

    private final Executions executions;

    private final Tasks tasks;

    private final Registries registries;

    private final Connections connections;

    private final ResourceHandlers handlers;

    private final Map<Long, Listing> underWay = new ConcurrentHashMap<>();

    public Discovery(Executions executions, Tasks tasks, Registries registries, Connections connections,
            ResourceHandlers handlers) {
        this.executions = executions;
        this.tasks = tasks;
        this.registries = registries;
        this.connections = connections;
        this.handlers = handlers;
    }

    /** Takes an execution; null where there is nothing to discover any more. */
    public @Nullable Listing begin(long executionId) {
        if (!this.executions.beginDiscovery(executionId)) {
            return null;
        }
        Mode mode = this.executions.find(executionId).map(Execution::mode).orElseThrow();
        Listing listing = new Listing(executionId, this.executions.snapshot(executionId).orElseThrow(), mode,
                this.tasks);
        this.underWay.put(executionId, listing);
        return listing;
    }

    /** Connects to both registries and checks that they let us in. */
    public void check(Listing listing) {
        Policy policy = listing.policy();
        Registry destination = registry(policy.destination().registryId(), "destination");
        listing.connected(connect(listing, registry(policy.source().registryId(), "source")),
                connect(listing, destination), (name) -> this.connections.nameFault(destination, name));
    }

    private Registry registry(long id, String side) {
        return this.registries.find(id).orElseThrow(() -> new RegistryGone(side)).registry();
    }

    private RegistryConnection connect(Listing listing, Registry registry) {
        RegistryConnection connection = this.connections.apart(registry);
        listing.stop().onStop(connection::close);
        connection.check();
        return connection;
    }

    /** Begins to list the source, or what events have named. */
    public void list(Listing listing) {
        listing.open(this.handlers.all().stream().filter((handler) -> carried(listing, handler.type())).toList(),
                this.executions.namedResources(listing.executionId()));
    }

    /** Whether both registries can hold resources of a type. */
    private boolean carried(Listing listing, ResourceType type) {
        return Stream.of(listing.policy().source().registryId(), listing.policy().destination().registryId())
            .flatMap((id) -> this.registries.find(id).stream())
            .allMatch((registry) -> this.connections.carries(registry.registry(), type));
    }

    /** All tasks are written. */
    public void complete(Listing listing) {
        listing.stop().check();
        if (!listing.lacks().isEmpty()) {
            LOG.warn("execution {}: {}", listing.executionId(), listing.lacks());
        }
        this.executions.endDiscovery(listing.executionId(), listing.lacks());
        close(listing);
    }

    /**
     * Ends the execution as failed where the failure is for good, and otherwise puts it
     * off. A listing that was stopped decides nothing.
     * @throws StoreAway where the database is away: the job comes again
     */
    public void fail(Listing listing, Exception thrown) {
        boolean brokenOff = listing.stop().stopped();
        close(listing);
        RuntimeException cause = unwrapped(thrown);
        if (brokenOff) {
            LOG.info("execution {}: the listing was broken off", listing.executionId());
        }
        else if (cause instanceof StoreAway) {
            throw cause;
        }
        else if (forGood(cause) || !putOff(listing.executionId(), cause)) {
            LOG.warn("execution {} ends without copying: {}", listing.executionId(), Reason.of(cause));
            this.executions.fail(listing.executionId(), Reason.of(cause));
        }
    }

    /** A route wraps what its steps throw in checked exceptions, and errors once more. */
    private static RuntimeException unwrapped(Exception thrown) {
        Throwable cause = thrown;
        while (!(cause instanceof RuntimeException) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return Defect.of((cause.getCause() instanceof Error error) ? error : cause);
    }

    private void close(Listing listing) {
        this.underWay.remove(listing.executionId());
        listing.close();
    }

    // A secret that cannot be opened is an IllegalStateException. Any other failure, such
    // as a deadlock in the database, may pass.
    private static boolean forGood(RuntimeException cause) {
        return (cause instanceof RegistryFailure failure && !failure.passing()) || cause instanceof Refusal
                || cause instanceof RegistryGone || cause instanceof Defect || cause instanceof IllegalStateException;
    }

    private boolean putOff(long executionId, RuntimeException cause) {
        boolean comesAgain = this.executions.putOff(executionId, Reason.of(cause));
        if (comesAgain) {
            LOG.warn("execution {}: the listing is tried again: {}", executionId, Reason.of(cause));
        }
        return comesAgain;
    }

    /** Stops the listings whose executions do not go on; asked several times a second. */
    public void applyStops() {
        if (this.underWay.isEmpty()) {
            return;
        }
        Set<Long> goOn = this.executions.discovering(this.underWay.keySet());
        this.underWay.values()
            .stream()
            .filter((listing) -> !goOn.contains(listing.executionId()))
            .forEach((listing) -> listing.stop().stop());
    }

    /** Stops all listings, for the node goes down: another lists anew. */
    public void breakOff() {
        this.underWay.values().forEach((listing) -> listing.stop().stop());
    }

    /** A registry of the policy was deleted after the execution had started. */
    private static final class RegistryGone extends RuntimeException {

        private static final long serialVersionUID = 1L;

        RegistryGone(String side) {
            super("the policy's " + side + " registry has been deleted");
        }

    }

}
