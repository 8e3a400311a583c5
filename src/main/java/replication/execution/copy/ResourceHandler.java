package replication.execution.copy;

import replication.ResourceType;

/**
 * Copies one type of resource: the proposal's transfer handler. Every bean of this type
 * is one.
 */
public interface ResourceHandler {

    ResourceType type();

    /** Prepares the copy of one repository, without any I/O. */
    RepositoryCopy open(TransferOrder order);

}
