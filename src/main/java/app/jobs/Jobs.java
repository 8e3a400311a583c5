package app.jobs;

import com.github.kagkarlsson.scheduler.Scheduler;

/** The queue, as the routes see it. */
public final class Jobs {

    private final Scheduler scheduler;

    Jobs(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /**
     * Looks for due jobs now rather than at the next poll; called after what made them is
     * committed.
     */
    public void wake() {
        this.scheduler.triggerCheckForDueExecutions();
    }

}
