package replication.execution.task;

import java.util.Set;

import replication.ResourceType;
import replication.execution.state.Mode;
import replication.policy.Policy;

/**
 * A claimed task.
 *
 * @param source the resource's name at the source
 * @param destRegistryId the registry that it is copied to
 * @param destination its name there
 * @param policy the policy at the start of the execution
 * @param tags the tags that the task is limited to; empty for all
 * @param deleted those of them whose deletion was reported
 * @param bytes the number that earlier attempts have sent
 */
public record ClaimedTask(Claim claim, ResourceType resource, String source, long destRegistryId, String destination,
        Policy policy, Mode mode, Set<String> tags, Set<String> deleted, long bytes) {

    public ClaimedTask {
        tags = Set.copyOf(tags);
        deleted = Set.copyOf(deleted);
    }

}
