package app.jobs;

import java.time.Duration;

import app.settings.Settings;
import com.github.kagkarlsson.scheduler.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import replication.StoreAway;
import replication.cluster.Cluster;
import replication.execution.flow.Discovery;
import replication.execution.flow.RunningTasks;
import store.cluster.BlobLeaseTable;

/**
 * Starts the jobs once the routes that they call have started. When the service goes
 * down, this node takes no more tasks, those that run have a grace period to end, the
 * others stop and go back to the backlog, then the jobs end, and last the routes and the
 * pool.
 */
class JobLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(JobLifecycle.class);

    private final Scheduler scheduler;

    private final RunningTasks runningTasks;

    private final Discovery discovery;

    private final Cluster cluster;

    private final BlobLeaseTable leases;

    private final Duration grace;

    private final boolean works;

    JobLifecycle(Scheduler scheduler, RunningTasks runningTasks, Discovery discovery, Cluster cluster,
            BlobLeaseTable leases, Settings settings) {
        this.scheduler = scheduler;
        this.runningTasks = runningTasks;
        this.discovery = discovery;
        this.cluster = cluster;
        this.leases = leases;
        this.grace = settings.shutdown().grace();
        this.works = settings.works();
    }

    @EventListener(ApplicationReadyEvent.class)
    @Order(Ordered.HIGHEST_PRECEDENCE)
    void start() {
        if (this.works) {
            this.scheduler.start();
        }
    }

    private void leave() {
        try {
            this.leases.releaseAll();
            this.cluster.leave();
        }
        catch (StoreAway ex) {
            LOG.info("the other nodes learn of this one's end from its silence: {}", ex.getMessage());
        }
    }

    @EventListener(ContextClosedEvent.class)
    @Order(Ordered.HIGHEST_PRECEDENCE)
    void stop() {
        this.scheduler.pause();
        this.runningTasks.takeNoMore();
        int running = this.runningTasks.count();
        if (running > 0) {
            LOG.info("{} tasks have up to {} s to end, then they are handed back", running, this.grace.toSeconds());
            this.runningTasks.awaitNone(this.grace);
        }
        this.discovery.breakOff();
        this.runningTasks.handBack();
        this.scheduler.stop();
        leave();
    }

}
