package store.task;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

import oci.model.Reason;
import org.jspecify.annotations.Nullable;
import replication.execution.state.RetryPlan;
import replication.execution.state.TaskState;
import replication.execution.task.Claim;
import replication.execution.task.TaskEnd;
import store.sql.Columns;
import store.sql.Database;

/** Writes the end of an attempt, reported by the task's owner. */
final class TaskFinish {

    private final Database database;

    private final Fence fence;

    private final TaskEnding ending;

    private final RetryPlan retries;

    TaskFinish(Database database, RetryPlan retries) {
        this.database = database;
        this.fence = new Fence(database);
        this.ending = new TaskEnding(database);
        this.retries = retries;
    }

    void finish(Claim claim, TaskEnd end) {
        this.database.inTransaction(() -> {
            Fence.Held held = this.fence.pass(claim);
            if (end.state() == TaskState.STOPPED) {
                stopped(claim, held, end);
            }
            else if (end.state() == TaskState.RETRYING) {
                failedForNow(claim, held, end);
            }
            else if (end.state().terminal()) {
                end(claim, end);
            }
            else {
                throw new IllegalArgumentException("an attempt does not end as " + end.state().id());
            }
        });
    }

    private void end(Claim claim, TaskEnd end) {
        this.ending.end(claim.key(), claim.attempt(), end);
    }

    // An attempt that was stopped without a request was on a node that shuts down.
    private void stopped(Claim claim, Fence.Held held, TaskEnd end) {
        if (held.stop()) {
            end(claim, end);
        }
        else {
            giveBack(claim, held.pause() ? TaskState.PAUSED : TaskState.PENDING, Reason.NONE, null);
        }
    }

    private void failedForNow(Claim claim, Fence.Held held, TaskEnd end) {
        Optional<Duration> pause = this.retries.after(held.failures() + 1, end.retryAfter(),
                ThreadLocalRandom.current());
        if (held.stop()) {
            // Once its execution is stopping, nothing would take the task out of the
            // backlog again.
            end(claim, new TaskEnd(TaskState.STOPPED, end.why(), end.unchanged()));
        }
        else if (pause.isEmpty()) {
            end(claim, new TaskEnd(TaskState.FAILED, end.why(), end.unchanged()));
        }
        else {
            giveBack(claim, held.pause() ? TaskState.PAUSED : TaskState.RETRYING, end.why(), pause.get());
        }
    }

    // The task is retried later or left to another node, whose attempt settles the
    // announced artifacts. The time is the database's.
    private void giveBack(Claim claim, TaskState next, Reason why, @Nullable Duration failedPause) {
        this.database.sql("""
                UPDATE task
                SET state = :state, status_text = :text, hint = :hint, owner = NULL, wish = NULL, update_time = now(),
                    failures = failures + :failed,
                    retry_time = CASE :state WHEN 'retrying' THEN now() + :pause * interval '1 millisecond' END
                WHERE execution_id = :execution AND id = :task AND state IN ({from})
                """.replace("{from}", "{task to " + next.id() + "}"))
            .param("state", next.id())
            .param("text", Columns.text(why.text()))
            .param("hint", Columns.text(why.hint()))
            .param("failed", (failedPause != null) ? 1 : 0)
            .param("pause", (failedPause != null) ? failedPause.toMillis() : 0)
            .param("execution", claim.key().executionId())
            .param("task", claim.key().taskId())
            .update();
    }

}
