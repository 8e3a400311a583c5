package app;

import com.github.kagkarlsson.scheduler.Scheduler;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.CamelContextStartedEvent;
import org.apache.camel.spi.CamelEvent.CamelContextStoppingEvent;
import org.apache.camel.support.EventNotifierSupport;
import replication.execution.RunningTasks;

/**
 * Starts the jobs once the routes have started. When the service goes down, running tasks
 * stop and go back to the backlog, then the jobs end, and only then the routes.
 */
final class JobLifecycle extends EventNotifierSupport {

    private final Scheduler scheduler;

    private final RunningTasks runningTasks;

    JobLifecycle(Scheduler scheduler, RunningTasks runningTasks) {
        this.scheduler = scheduler;
        this.runningTasks = runningTasks;
        setIgnoreExchangeEvents(true);
        setIgnoreRouteEvents(true);
        setIgnoreServiceEvents(true);
    }

    @Override
    public void notify(CamelEvent event) {
        if (event instanceof CamelContextStartedEvent) {
            this.scheduler.start();
        }
        else if (event instanceof CamelContextStoppingEvent) {
            this.runningTasks.handBack();
            this.scheduler.stop();
        }
    }

}
