package app.jobs;

import com.github.kagkarlsson.scheduler.Scheduler;

/** The queue, as the routes see it. */
public final class Jobs {

    private final Scheduler scheduler;

    Jobs(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /**
     * Polls for due jobs at once; called after the transaction that made them has
     * committed.
     */
    public void wake() {
        this.scheduler.triggerCheckForDueExecutions();
    }

}
