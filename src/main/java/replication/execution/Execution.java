package replication.execution;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import replication.execution.state.ExecutionState;
import replication.execution.state.Mode;
import replication.execution.task.Counts;

/**
 * One run of a policy, with the summary of its tasks as last computed from their rows.
 *
 * @param mode in a plan, the numbers of copied and deleted artifacts say what would be
 * done
 * @param policyName as it stood when the execution started
 * @param trigger what started it: {@code manual}, {@code scheduled} or {@code event}
 * @param priority the higher, the earlier; its policy's, as that stands now
 * @param statusText one line that says why it ended as it did; empty while there is
 * nothing to say
 * @param hint what likely helps; empty if that is not known
 * @param endTime null while it goes on
 * @param rate bytes a second that its running tasks have sent of late
 * @param remaining bytes still to be sent; null where that is not known
 */
public record Execution(long id, long policyId, String policyName, ExecutionState state, String statusText, String hint,
        String trigger, String startedBy, Mode mode, int priority, Instant startTime, @Nullable Instant endTime,
        TaskCounts tasks, Counts artifacts, long rate, @Nullable Long remaining) {

    /** The same with how far its running tasks are. */
    public Execution moving(long rateNow, @Nullable Long remainingNow) {
        return new Execution(this.id, this.policyId, this.policyName, this.state, this.statusText, this.hint,
                this.trigger, this.startedBy, this.mode, this.priority, this.startTime, this.endTime, this.tasks,
                this.artifacts, rateNow, remainingNow);
    }

    /**
     * Tasks by how they stand.
     *
     * @param failed failed and stopped ones
     * @param succeed succeeded and skipped ones
     * @param inProgress the rest
     */
    public record TaskCounts(long total, long failed, long succeed, long inProgress) {
    }

}
