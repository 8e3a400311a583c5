package app.jobs;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;

import javax.sql.DataSource;

import app.settings.NodeName;
import app.settings.Settings;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.FailureHandler.ExponentialBackoffFailureHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import org.apache.camel.ProducerTemplate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import replication.cluster.Cluster;
import replication.execution.Executions;
import replication.execution.flow.Discovery;
import replication.execution.flow.RunningTasks;
import replication.execution.task.TaskKey;
import store.cluster.BlobLeaseTable;

/**
 * The bridge from jobs to routes: a job is only the alarm clock on which some node looks
 * at a row.
 */
@Configuration(proxyBeanMethods = false)
class JobConfiguration {

    /**
     * A node is dead after four of these without a heartbeat; another takes its work.
     */
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);

    private static final int MISSED_HEARTBEATS = 4;

    private static final Duration POLL = Duration.ofMillis(500);

    private static final Duration FIRST_RETRY = Duration.ofSeconds(2);

    @Bean(destroyMethod = "")
    Scheduler scheduler(DataSource dataSource, NodeName node, Settings settings, ProducerTemplate routes,
            Executions executions, Clock clock, Cluster cluster) {
        DeadJobs deadJobs = new DeadJobs(clock, HEARTBEAT.multipliedBy(MISSED_HEARTBEATS));
        List<Task<?>> jobs = List.of(Tasks.custom("discover", Void.class)
            .onFailure(new ExponentialBackoffFailureHandler<>(FIRST_RETRY))
            .onDeadExecution(deadJobs.handler())
            .execute((job, _) -> {
                long execution = Long.parseLong(job.getId());
                call(routes, "direct:discover", execution);
                return (_, operations) -> {
                    operations.remove();
                    executions.ensureDiscovery(execution);
                };
            }), Tasks.oneTime("transfer")
                .onFailure(new ExponentialBackoffFailureHandler<>(FIRST_RETRY))
                .onDeadExecution(deadJobs.handler())
                .execute((job, _) -> call(routes, "direct:transfer", TaskKey.parse(job.getId()))));
        return Scheduler.create(dataSource, jobs)
            .clock(cluster::now)
            .schedulerName(new SchedulerName.Fixed(node.name()))
            .threads(settings.transfer().tasks())
            .executorService(Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("task-", 0).factory()))
            // Above 1.0 picked jobs would wait without a heartbeat.
            .pollUsingLockAndFetch(0.5, 1.0)
            .pollingInterval(POLL)
            .heartbeatInterval(HEARTBEAT)
            .missedHeartbeatsLimit(MISSED_HEARTBEATS)
            .shutdownMaxWait(Duration.ofSeconds(10))
            .enablePriority()
            .addSchedulerListener(deadJobs)
            .build();
    }

    private static void call(ProducerTemplate routes, String route, Object body) {
        routes.requestBody(route, body);
    }

    @Bean
    Jobs jobs(Scheduler scheduler) {
        return new Jobs(scheduler);
    }

    /** Jobs begin when the routes they call have started, and end before those do. */
    @Bean
    JobLifecycle jobLifecycle(Scheduler scheduler, RunningTasks runningTasks, Discovery discovery, Cluster cluster,
            BlobLeaseTable leases, Settings settings) {
        return new JobLifecycle(scheduler, runningTasks, discovery, cluster, leases, settings);
    }

}
