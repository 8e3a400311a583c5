package replication.execution.task;

import java.util.Set;

import replication.policy.Policy;

/**
 * A task in work.
 *
 * @param source the repository at the source
 * @param destination the repository at the destination
 * @param policy as it stood when the execution started
 * @param tags those that it is about; empty for all
 * @param deleted those of them whose deletion was told
 * @param bytes those that earlier attempts have sent
 */
public record ClaimedTask(Claim claim, String source, String destination, Policy policy, Set<String> tags,
        Set<String> deleted, long bytes) {

    public ClaimedTask {
        tags = Set.copyOf(tags);
        deleted = Set.copyOf(deleted);
    }

    /** For all tags, before anything was sent. */
    public ClaimedTask(Claim claim, String source, String destination, Policy policy) {
        this(claim, source, destination, policy, Set.of(), Set.of(), 0);
    }

}
