package replication.execution.flow;

import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import java.util.stream.Stream;

import oci.model.StopSignal;
import org.jspecify.annotations.Nullable;
import replication.Defect;
import replication.ResourceType;
import replication.execution.copy.PartialList;
import replication.execution.copy.ResourceHandler;
import replication.execution.state.Mode;
import replication.execution.task.PlannedTask;
import replication.execution.task.Tasks;
import replication.policy.NamespaceMapping;
import replication.policy.Policy;
import replication.policy.RepositoryFilter;
import replication.registry.RegistryConnection;
import replication.registry.RepositoryQuery;

/**
 * The source's resources for one execution, in batches that are read as the list comes:
 * at most two of them are in memory. It is read by one thread.
 */
public final class Listing implements Iterator<List<Listing.Resource>>, AutoCloseable {

    /** How many rows one statement writes. */
    private static final int BATCH = 500;

    /** How many namespaces are remembered as made; beyond it some are asked for twice. */
    private static final int NAMESPACES_REMEMBERED = 10_000;

    private final long executionId;

    private final Policy policy;

    private final Mode mode;

    private final RepositoryFilter filter;

    private final NamespaceMapping mapping;

    private final Tasks tasks;

    private final StopSignal stop = new StopSignal();

    private final Set<String> namespaces = new HashSet<>();

    private @Nullable RegistryConnection source;

    private @Nullable RegistryConnection destination;

    private Stream<Resource> resources = Stream.empty();

    private Iterator<List<Resource>> batches = Collections.emptyIterator();

    private String lacks = "";

    private UnfitNames unfit = new UnfitNames((_) -> Optional.empty());

    Listing(long executionId, Policy policy, Mode mode, Tasks tasks) {
        this.mode = mode;
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

    /**
     * What the source's list lacked, and what the destination cannot take; known when all
     * has been read.
     */
    String lacks() {
        return Stream.of(this.lacks, this.unfit.text())
            .filter((text) -> !text.isEmpty())
            .collect(Collectors.joining("; "));
    }

    /**
     * Connects it.
     * @param nameFault why the destination takes no repository of a name
     */
    void connected(RegistryConnection source, RegistryConnection destination,
            Function<String, Optional<String>> nameFault) {
        this.source = source;
        this.destination = destination;
        this.unfit = new UnfitNames(nameFault);
    }

    /**
     * Begins to read.
     * @param handlers of the types that both registries can hold
     * @param named what events have named; empty for all of the source
     */
    void open(List<ResourceHandler> handlers, Map<ResourceType, Set<String>> named) {
        List<ResourceHandler> wanted = handlers.stream()
            .filter((handler) -> this.filter.accepts(handler.type()))
            .toList();
        if (!wanted.isEmpty()) {
            this.resources = named.isEmpty() ? listed(wanted, this.filter.query()) : named(wanted, named);
            this.batches = this.resources.gather(Gatherers.windowFixed(BATCH)).iterator();
        }
    }

    private static Stream<Resource> named(List<ResourceHandler> wanted, Map<ResourceType, Set<String>> named) {
        return wanted.stream()
            .flatMap((handler) -> named.getOrDefault(handler.type(), Set.of())
                .stream()
                .map((name) -> new Resource(handler.type(), name)));
    }

    /**
     * What the source lists, and then what the policy names and no type's list has: its
     * task says that it is missing. The lists are joined by concat, because flatMap would
     * read a whole list into memory.
     */
    private Stream<Resource> listed(List<ResourceHandler> wanted, RepositoryQuery query) {
        Set<String> missing = new LinkedHashSet<>(
                (query instanceof RepositoryQuery.Named(List<String> names)) ? names : List.of());
        Stream<Resource> found = wanted.stream()
            .map((handler) -> listed(handler, query, missing))
            .reduce(Stream.empty(), Stream::concat);
        return Stream.concat(found,
                Stream.of(missing).flatMap(Set::stream).map((name) -> new Resource(wanted.getFirst().type(), name)));
    }

    private Stream<Resource> listed(ResourceHandler handler, RepositoryQuery query, Set<String> missing) {
        return PartialList.of(handler.list(Objects.requireNonNull(this.source), query), (lacks) -> this.lacks = lacks)
            .peek(missing::remove)
            .map((name) -> new Resource(handler.type(), name));
    }

    @Override
    public boolean hasNext() {
        try {
            return this.batches.hasNext();
        }
        catch (RuntimeException | Error ex) {
            // A split lets an error pass by the route's doCatch.
            throw Defect.of(ex);
        }
    }

    @Override
    public List<Resource> next() {
        return this.batches.next();
    }

    /**
     * Whether the policy's filters and namespaces let a resource pass, and the
     * destination takes its name there.
     */
    public boolean accepts(Resource resource) {
        return this.filter.accepts(resource.name())
                && this.mapping.map(resource.name()).filter(this.unfit::fits).isPresent();
    }

    /** Maps a resource that was accepted to its name at the destination. */
    public PlannedTask map(Resource resource) {
        return new PlannedTask(resource.type(), resource.name(), this.policy.destination().registryId(),
                this.mapping.map(resource.name()).orElseThrow());
    }

    /**
     * Makes sure of the namespaces of a batch's tasks and adds these to the backlog,
     * unless the execution is paused or stopped meanwhile.
     */
    public void write(List<PlannedTask> batch) {
        this.stop.check();
        batch.forEach((task) -> createNamespace(RegistryConnection.namespaceOf(task.destination())));
        this.tasks.add(this.executionId, batch);
    }

    private void createNamespace(String namespace) {
        if (this.mode == Mode.PLAN || namespace.isEmpty() || this.namespaces.contains(namespace)) {
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
        this.resources.close();
    }

    /** A resource at the source. */
    public record Resource(ResourceType type, String name) {
    }

}
