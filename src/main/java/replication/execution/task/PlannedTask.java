package replication.execution.task;

import replication.ResourceType;

/**
 * A task that discovery found: a repository at the source and its name at the
 * destination.
 */
public record PlannedTask(ResourceType resource, String source, String destination) {
}
