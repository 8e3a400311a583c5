package app;

import com.github.kagkarlsson.scheduler.Scheduler;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import replication.execution.RunningTasks;

/**
 * Starts the jobs once the routes that they call have started. When the service goes
 * down, running tasks stop and go back to the backlog, then the jobs end, and only then
 * the routes.
 */
class JobLifecycle {

    private final Scheduler scheduler;

    private final RunningTasks runningTasks;

    JobLifecycle(Scheduler scheduler, RunningTasks runningTasks) {
        this.scheduler = scheduler;
        this.runningTasks = runningTasks;
    }

    @EventListener(ApplicationReadyEvent.class)
    @Order(Ordered.HIGHEST_PRECEDENCE)
    void start() {
        this.scheduler.start();
    }

    @EventListener(ContextClosedEvent.class)
    @Order(Ordered.HIGHEST_PRECEDENCE)
    void stop() {
        this.runningTasks.handBack();
        this.scheduler.stop();
    }

}
