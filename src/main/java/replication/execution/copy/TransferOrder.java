package replication.execution.copy;

import java.util.Set;

import oci.Platform;
import oci.model.StopSignal;
import org.jspecify.annotations.Nullable;
import replication.execution.state.Mode;
import replication.policy.ArtifactFilter;
import replication.policy.FilterKinds;
import replication.policy.Policy;
import replication.registry.Registry;

/**
 * An order to copy a repository to another.
 *
 * @param executionId 0 for a copy outside of any execution
 * @param policy whether it overrides, and what it deletes
 * @param filter which artifacts the policy selects
 * @param platform takes the image for this platform in place of an index; null to take
 * indexes whole
 * @param mode in a plan nothing is written
 * @param tags the only tags that it is about; empty for all
 * @param deleted those of them that an event says were deleted
 * @param placed what the policy has put into the destination's repository
 * @param log takes lines of the task's log
 */
public record TransferOrder(long executionId, Registry source, String sourceRepository, Registry destination,
        String destinationRepository, Policy policy, ArtifactFilter filter, @Nullable Platform platform, Mode mode,
        Set<String> tags, Set<String> deleted, Placements placed, StopSignal stop, LogSink log) {

    public TransferOrder {
        tags = Set.copyOf(tags);
        deleted = Set.copyOf(deleted);
    }

    /**
     * An order for all tags, by somebody who has put nothing at the destination before.
     */
    public TransferOrder(Registry source, String sourceRepository, Registry destination, String destinationRepository,
            Policy policy, @Nullable Platform platform, StopSignal stop, LogSink log) {
        this(0, source, sourceRepository, destination, destinationRepository, policy, FilterKinds.BUILT_IN.of(policy),
                platform, Mode.APPLY, Set.of(), Set.of(), Placements.NOTHING, stop, log);
    }

    /** Whether the order is about named tags only. */
    public boolean named() {
        return !this.tags.isEmpty();
    }

    /** Takes lines of a task's log; never blocks on I/O for long. */
    @FunctionalInterface
    public interface LogSink {

        void line(String text);

    }

}
