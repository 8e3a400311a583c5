package replication.execution;

import replication.policy.Policy;

/**
 * A task in work.
 *
 * @param source the repository at the source
 * @param destination the repository at the destination
 * @param policy as it stood when the execution started
 */
public record ClaimedTask(Claim claim, String source, String destination, Policy policy) {
}
