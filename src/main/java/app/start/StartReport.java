package app.start;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

import app.access.AdminPassword;
import app.jobs.Jobs;
import app.settings.Settings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import replication.PageRequest;
import replication.access.Caller;
import replication.execution.Execution;
import replication.execution.ExecutionQuery;
import replication.execution.Executions;
import replication.execution.flow.Starts;
import replication.execution.state.Mode;
import replication.policy.Policy;

/** Says on the console where to look, and runs the sample once at the start. */
public class StartReport {

    private static final Logger LOG = LoggerFactory.getLogger("drayage");

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Settings settings;

    private final AdminPassword password;

    private final @Nullable Quickstart quickstart;

    private final Starts starts;

    private final Executions executions;

    private final Jobs jobs;

    public StartReport(Settings settings, AdminPassword password, @Nullable Quickstart quickstart, Starts starts,
            Executions executions, Jobs jobs) {
        this.settings = settings;
        this.password = password;
        this.quickstart = quickstart;
        this.starts = starts;
        this.executions = executions;
        this.jobs = jobs;
    }

    @EventListener
    @Order
    void greet(ApplicationReadyEvent event) {
        String url = (event.getApplicationContext() instanceof WebServerApplicationContext web)
                ? "http://localhost:" + web.getWebServer().getPort() : "";
        LOG.info("Drayage is ready at {}/api, its description at {}/api/openapi.json", url, url);
        if (this.password.generated() != null) {
            // The one time that it is shown; only its hash is kept.
            System.out.printf("%n  admin user %s, password %s (shown only now)%n%n", this.settings.admin().name(),
                    this.password.generated());
        }
        if (this.quickstart != null) {
            Quickstart sample = this.quickstart;
            Thread.ofVirtual().name("quickstart").start(() -> run(sample, url));
        }
    }

    private void run(Quickstart sample, String url) {
        try {
            Policy policy = sample.setUp();
            Execution ended = await(goingOn(policy).orElseGet(() -> start(policy)));
            LOG.info("quickstart: execution {} {}: {} of {} repositories, {} artifacts copied, {} unchanged, {} bytes",
                    ended.id(), ended.state().id(), ended.tasks().succeed(), ended.tasks().total(),
                    ended.artifacts().copied(), ended.artifacts().unchanged(), ended.artifacts().bytes());
            LOG.info("quickstart: from {} to {}", this.settings.layoutRoot().resolve("quickstart/source"),
                    this.settings.layoutRoot().resolve("quickstart/destination"));
            LOG.info("quickstart: again by: {}", again(url, policy.id()));
        }
        catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        catch (RuntimeException ex) {
            LOG.warn("the quickstart did not come to its end, the service goes on: {}", ex.getMessage());
        }
    }

    /** What was begun before the last stop goes on by itself. */
    private Optional<Long> goingOn(Policy policy) {
        ExecutionQuery ofPolicy = new ExecutionQuery(policy.id(), null, null, null, null);
        return this.executions.list(ofPolicy, new PageRequest(0, 1))
            .items()
            .stream()
            .filter((execution) -> !execution.state().terminal())
            .map(Execution::id)
            .findFirst();
    }

    private long start(Policy policy) {
        long id = this.starts.manual(policy.id(), new Caller("quickstart"), Mode.APPLY).id();
        this.jobs.wake();
        return id;
    }

    private Execution await(long id) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<Execution> execution = this.executions.find(id);
            if (execution.isPresent() && execution.get().state().terminal()) {
                return execution.get();
            }
            Thread.sleep(PAUSE);
        }
        throw new IllegalStateException("execution " + id + " goes on after " + PATIENCE);
    }

    private String again(String url, long policyId) {
        return String.format(Locale.ROOT,
                "curl -u %s -X POST -H 'Content-Type: application/json' -d '{\"policy_id\": %d}' %s/api/replication/executions",
                this.settings.admin().name(), policyId, url);
    }

}
