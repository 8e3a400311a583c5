package replication.execution.copy;

import java.util.stream.Stream;

import replication.ResourceType;
import replication.registry.RegistryConnection;
import replication.registry.RepositoryQuery;

/**
 * Finds, compares and copies one type of resource: the proposal's transfer handler. Every
 * bean of this type is one.
 */
public interface ResourceHandler {

    ResourceType type();

    /**
     * The names of the resources at a source that a query may select; more is allowed,
     * less is not. The names come lazily, page by page. The caller closes the stream.
     */
    Stream<String> list(RegistryConnection source, RepositoryQuery query);

    /** Prepares the copy of one resource, without any I/O. */
    RepositoryCopy open(TransferOrder order);

}
