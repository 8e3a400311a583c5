package replication.execution;

import java.util.Set;

import replication.policy.Policy;

/**
 * A task in work.
 *
 * @param source the repository at the source
 * @param destination the repository at the destination
 * @param policy as it stood when the execution started
 * @param tags those that it is about; empty for all
 */
public record ClaimedTask(Claim claim, String source, String destination, Policy policy, Set<String> tags) {

    public ClaimedTask {
        tags = Set.copyOf(tags);
    }

    /** For all tags. */
    public ClaimedTask(Claim claim, String source, String destination, Policy policy) {
        this(claim, source, destination, policy, Set.of());
    }

}
