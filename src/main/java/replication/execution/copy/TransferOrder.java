package replication.execution.copy;

import java.util.Set;

import oci.model.StopSignal;
import replication.execution.state.Mode;
import replication.policy.ArtifactFilter;
import replication.policy.FilterKinds;
import replication.policy.Policy;
import replication.registry.Registry;

/**
 * What is to be copied from where to where.
 *
 * @param executionId 0 where it is of none
 * @param policy whether it overrides, and what it deletes
 * @param filter which artifacts the policy selects
 * @param mode in a plan nothing is written
 * @param tags those that it is about; empty for all
 * @param deleted those of them whose deletion was told
 * @param placed what the policy has put into the destination's repository
 * @param log takes a line for whoever reads the task's log
 */
public record TransferOrder(long executionId, Registry source, String sourceRepository, Registry destination,
        String destinationRepository, Policy policy, ArtifactFilter filter, Mode mode, Set<String> tags,
        Set<String> deleted, Placements placed, StopSignal stop, LogSink log) {

    public TransferOrder {
        tags = Set.copyOf(tags);
        deleted = Set.copyOf(deleted);
    }

    /** For all tags, by somebody who owns nothing at the destination. */
    public TransferOrder(Registry source, String sourceRepository, Registry destination, String destinationRepository,
            Policy policy, StopSignal stop, LogSink log) {
        this(0, source, sourceRepository, destination, destinationRepository, policy, FilterKinds.BUILT_IN.of(policy),
                Mode.APPLY, Set.of(), Set.of(), Placements.NOTHING, stop, log);
    }

    /** Whether it is about the tags that it names, and nothing else. */
    public boolean named() {
        return !this.tags.isEmpty();
    }

    /** Takes lines of a task's log; never blocks on I/O for long. */
    @FunctionalInterface
    public interface LogSink {

        void line(String text);

    }

}
