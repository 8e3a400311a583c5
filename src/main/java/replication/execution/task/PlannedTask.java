package replication.execution.task;

import replication.ResourceType;

/**
 * A task that discovery found.
 *
 * @param source the resource's name at the source
 * @param destRegistryId the registry to which it is copied
 * @param destination its name there
 */
public record PlannedTask(ResourceType resource, String source, long destRegistryId, String destination) {
}
