package replication.execution;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Gatherers;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import replication.Refusal;
import replication.ResourceType;
import replication.policy.NamespaceMapping;
import replication.policy.Policy;
import replication.policy.RepositoryFilter;
import replication.registry.Connections;
import replication.registry.Registries;
import replication.registry.Registry;
import replication.registry.RegistryConnection;
import replication.registry.RegistryFailure;

/**
 * Finds the tasks of an execution: checks both registries, lists the source's
 * repositories, filters them, makes sure of their namespaces and writes a task each,
 * batch by batch as the listing comes. Run again after a crash, it finds its rows and
 * goes on.
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
        try {
            return Optional.of(new Listing(executionId, policy, connect(policy.srcRegistryId(), "source"),
                    connect(policy.destRegistryId(), "destination")));
        }
        catch (RegistryFailure | Refusal | RegistryGone failure) {
            fail(executionId, failure);
            return Optional.empty();
        }
    }

    private RegistryConnection connect(long registryId, String side) {
        Registry registry = this.registries.find(registryId).orElseThrow(() -> new RegistryGone(side)).registry();
        RegistryConnection connection = this.connections.to(registry);
        connection.check();
        return connection;
    }

    /**
     * Lists and writes the tasks; ends the execution as failed where the listing fails.
     */
    public void plan(Listing listing) {
        try (Stream<String> repositories = listing.source.repositories(listing.filter().query())) {
            Set<String> namespaces = new HashSet<>();
            listing.planned(repositories).gather(Gatherers.windowFixed(BATCH)).forEach((batch) -> {
                batch.forEach((task) -> prepare(listing, task, namespaces));
                this.tasks.add(listing.executionId, batch);
            });
            this.executions.endDiscovery(listing.executionId);
        }
        catch (RegistryFailure | Refusal failure) {
            fail(listing.executionId, failure);
        }
    }

    private static void prepare(Listing listing, PlannedTask task, Set<String> namespaces) {
        String namespace = NamespaceMapping.namespaceOf(task.destination());
        if (namespace.isEmpty() || namespaces.contains(namespace)) {
            return;
        }
        listing.destination.createNamespace(namespace);
        if (namespaces.size() < NAMESPACES_REMEMBERED) {
            namespaces.add(namespace);
        }
    }

    private void fail(long executionId, RuntimeException failure) {
        LOG.warn("execution {} ends without copying: {}", executionId, failure.getMessage());
        this.executions.fail(executionId, String.valueOf(failure.getMessage()));
    }

    /** What is about to be listed. */
    public record Listing(long executionId, Policy policy, RegistryConnection source, RegistryConnection destination) {

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
