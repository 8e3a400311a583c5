package replication.execution.flow;

import java.util.List;
import java.util.Optional;

import replication.Refusal;
import replication.execution.copy.Outcome;
import replication.execution.state.TaskState;
import replication.execution.task.ClaimedTask;
import replication.execution.task.LostClaim;
import replication.execution.task.Outcomes;
import replication.execution.task.Task;
import replication.execution.task.TaskKey;
import replication.execution.task.Tasks;

/**
 * Takes a task's result from the holder of its current attempt, in this cluster or
 * outside of it. It is fenced like every write about a task.
 */
public final class Reports {

    private final Tasks tasks;

    private final Outcomes outcomes;

    public Reports(Tasks tasks, Outcomes outcomes) {
        this.tasks = tasks;
        this.outcomes = outcomes;
    }

    /**
     * Writes a result; writing it again changes nothing.
     * @return the task as it stands then
     * @throws Refusal.Missing where there is no such task
     * @throws Refusal.Invalid where a result is not of its execution's mode
     * @throws Refusal.Conflict where the attempt is not the current one, or has ended
     * otherwise
     */
    public Task take(Report report) {
        Task task = find(report.task());
        if (task.attempt() != report.attempt()) {
            throw stale(report, "its current attempt is " + task.attempt());
        }
        Optional<ClaimedTask> held = this.tasks.held(report.task(), report.attempt());
        boolean taken = held.isPresent() && written(held.get(), report);
        // Where it was not, the attempt has ended, perhaps with this result, reported
        // before or at the same moment.
        Task now = find(report.task());
        if (!taken && now.attempt() != report.attempt()) {
            throw stale(report, "its current attempt is " + now.attempt());
        }
        if (!taken && now.state() != report.end()) {
            throw stale(report, "it is " + now.state().id());
        }
        return now;
    }

    private boolean written(ClaimedTask task, Report report) {
        report.outcomes()
            .stream()
            .filter((outcome) -> !outcome.result().of(task.mode()))
            .findFirst()
            .ifPresent((it) -> {
                throw new Refusal.Invalid("artifacts", "%s cannot be %s in an execution whose mode is %s"
                    .formatted(it.reference(), it.result().id(), task.mode().id()));
            });
        try {
            if (!report.outcomes().isEmpty()) {
                this.outcomes.record(task, report.outcomes());
            }
            this.tasks.finish(task.claim(), report.end(), report.statusText(), report.unchanged());
            return true;
        }
        catch (LostClaim _) {
            return false;
        }
    }

    private Task find(TaskKey key) {
        return this.tasks.find(key).orElseThrow(() -> new Refusal.Missing("task", key.taskId()));
    }

    private static Refusal.Conflict stale(Report report, String why) {
        return new Refusal.Conflict(
                "the result of attempt %d of task %s is not taken: %s".formatted(report.attempt(), report.task(), why));
    }

    /**
     * A result.
     *
     * @param unchanged artifacts that were found equal
     * @param outcomes the others
     */
    public record Report(TaskKey task, int attempt, TaskState end, String statusText, long unchanged,
            List<Outcome> outcomes) {

        public Report {
            outcomes = List.copyOf(outcomes);
        }

    }

}
