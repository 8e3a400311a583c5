package app.jobs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import com.github.kagkarlsson.scheduler.task.DeadExecutionHandler;
import com.github.kagkarlsson.scheduler.task.DeadExecutionHandler.ReviveDeadExecution;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;

/**
 * Gives the job of a dead node to another. While the database is away no heartbeat
 * arrives, so every job looks dead although its node works on: after an outage, jobs stay
 * with their nodes until these have had time to send a heartbeat.
 */
final class DeadJobs extends AbstractSchedulerListener {

    private final Clock clock;

    private final Duration silence;

    private volatile Instant lastOutage = Instant.EPOCH;

    /**
     * Watches one scheduler.
     * @param silence after how long without a heartbeat a job is dead
     */
    DeadJobs(Clock clock, Duration silence) {
        this.clock = clock;
        this.silence = silence;
    }

    @Override
    public void onSchedulerEvent(SchedulerEventType event) {
        // The poll for due jobs comes twice a second and fails while the database is
        // away.
        if (event == SchedulerEventType.UNEXPECTED_ERROR) {
            this.lastOutage = this.clock.instant();
        }
    }

    /** Whether jobs are left to their nodes by now. */
    boolean waits() {
        return this.clock.instant().isBefore(this.lastOutage.plus(this.silence));
    }

    <T> DeadExecutionHandler<T> handler() {
        DeadExecutionHandler<T> revive = new ReviveDeadExecution<>();
        return (ExecutionComplete dead, ExecutionOperations<T> operations) -> {
            if (!waits()) {
                revive.deadExecution(dead, operations);
            }
        };
    }

}
