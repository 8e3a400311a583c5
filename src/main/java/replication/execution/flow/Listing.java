package replication.execution.flow;

import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Gatherers;
import java.util.stream.Stream;

import oci.model.StopSignal;
import org.jspecify.annotations.Nullable;
import replication.Defect;
import replication.ResourceType;
import replication.execution.copy.PartialList;
import replication.execution.task.PlannedTask;
import replication.execution.task.Tasks;
import replication.policy.NamespaceMapping;
import replication.policy.Policy;
import replication.policy.RepositoryFilter;
import replication.registry.RegistryConnection;
import replication.registry.RepositoryQuery;

/**
 * The source's repositories for one execution, in batches that are read as the list
 * comes: never more than a batch of them is in memory. It is read by one thread.
 */
public final class Listing implements Iterator<List<String>>, AutoCloseable {

    /** Rows in one statement. */
    private static final int BATCH = 500;

    /** How many namespaces are remembered as made; beyond it some are asked for twice. */
    private static final int NAMESPACES_REMEMBERED = 10_000;

    private final long executionId;

    private final Policy policy;

    private final RepositoryFilter filter;

    private final NamespaceMapping mapping;

    private final StopSignal stop = new StopSignal();

    private final Set<String> namespaces = new HashSet<>();

    private @Nullable RegistryConnection source;

    private @Nullable RegistryConnection destination;

    private Stream<String> names = Stream.empty();

    private Iterator<List<String>> batches = Collections.emptyIterator();

    private String lacks = "";

    private final Tasks tasks;

    Listing(long executionId, Policy policy, Tasks tasks) {
        this.executionId = executionId;
        this.policy = policy;
        this.tasks = tasks;
        this.filter = new RepositoryFilter(policy);
        this.mapping = NamespaceMapping.of(policy);
    }

    long executionId() {
        return this.executionId;
    }

    Policy policy() {
        return this.policy;
    }

    /** Closes the connections of this listing when it is given. */
    StopSignal stop() {
        return this.stop;
    }

    /** What the source's list lacked; known when all has been read. */
    String lacks() {
        return this.lacks;
    }

    void connected(RegistryConnection source, RegistryConnection destination) {
        this.source = source;
        this.destination = destination;
    }

    /**
     * Begins to read.
     * @param named the repositories that an event has named; empty for all of the source
     */
    void open(Set<String> named) {
        if (this.filter.accepts(ResourceType.IMAGE)) {
            this.names = named.isEmpty() ? listed(this.filter.query()) : named.stream();
            this.batches = this.names.gather(Gatherers.windowFixed(BATCH)).iterator();
        }
    }

    /**
     * What a policy names is read also where the source does not list it: its task says
     * so.
     */
    private Stream<String> listed(RepositoryQuery query) {
        Stream<String> found = PartialList.of(Objects.requireNonNull(this.source).repositories(query),
                (lacks) -> this.lacks = lacks);
        return switch (query) {
            case RepositoryQuery.Catalog _ -> found;
            case RepositoryQuery.Named(List<String> names) -> {
                Set<String> missing = new LinkedHashSet<>(names);
                yield Stream.concat(found.peek(missing::remove), Stream.of(missing).flatMap(Set::stream));
            }
        };
    }

    @Override
    public boolean hasNext() {
        try {
            return this.batches.hasNext();
        }
        catch (RuntimeException | Error ex) {
            // An error would pass by the route's catch.
            throw Defect.of(ex);
        }
    }

    @Override
    public List<String> next() {
        return this.batches.next();
    }

    /** Whether the policy's filters and namespaces let a repository pass. */
    public boolean accepts(String repository) {
        return this.filter.accepts(repository) && this.mapping.map(repository).isPresent();
    }

    /** Maps a repository that was accepted to its name at the destination. */
    public PlannedTask map(String repository) {
        return new PlannedTask(ResourceType.IMAGE, repository, this.mapping.map(repository).orElseThrow());
    }

    /**
     * Makes sure of the namespaces of a batch's tasks and adds these to the backlog,
     * unless the execution is paused or stopped meanwhile.
     */
    public void write(List<PlannedTask> batch) {
        this.stop.check();
        batch.forEach((task) -> createNamespace(NamespaceMapping.namespaceOf(task.destination())));
        this.tasks.add(this.executionId, batch);
    }

    private void createNamespace(String namespace) {
        if (namespace.isEmpty() || this.namespaces.contains(namespace)) {
            return;
        }
        Objects.requireNonNull(this.destination).createNamespace(namespace);
        if (this.namespaces.size() < NAMESPACES_REMEMBERED) {
            this.namespaces.add(namespace);
        }
    }

    @Override
    public void close() {
        this.stop.stop();
        this.names.close();
    }

}
