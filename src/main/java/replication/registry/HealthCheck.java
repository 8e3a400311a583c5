package replication.registry;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

import oci.model.Reason;
import oci.model.RegistryFailure;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import replication.Refusal;

/**
 * Checks the health of registries in parallel and saves it. A check has a deadline of
 * seconds, and its failure does not affect other checks.
 */
public final class HealthCheck {

    /** The number of registries that are checked at the same time. */
    private static final int AT_ONCE = 32;

    /** Longer than a connection that succeeds at its second attempt. */
    private static final Duration DEADLINE = Duration.ofSeconds(8);

    private static final Logger LOG = LoggerFactory.getLogger(HealthCheck.class);

    private final Adapters adapters;

    private final Registries registries;

    private final Clock clock;

    private final Duration deadline;

    /** Registries whose last check timed out and still runs. */
    private final Set<Long> hanging = ConcurrentHashMap.newKeySet();

    public HealthCheck(Adapters adapters, Registries registries, Clock clock) {
        this(adapters, registries, clock, DEADLINE);
    }

    HealthCheck(Adapters adapters, Registries registries, Clock clock, Duration deadline) {
        this.adapters = adapters;
        this.registries = registries;
        this.clock = clock;
        this.deadline = deadline;
    }

    /** Checks the registries that are due; returns when all checks have ended. */
    public void checkDue() {
        Semaphore room = new Semaphore(AT_ONCE);
        AtomicReference<@Nullable RuntimeException> unsaved = new AtomicReference<>();
        List<Registry> due;
        do {
            due = this.registries.claimForCheck(AT_ONCE);
            for (Registry registry : due) {
                room.acquireUninterruptibly();
                Thread.ofVirtual().name("health").start(() -> checkDue(registry, room, unsaved));
            }
        }
        while (due.size() == AT_ONCE);
        room.acquireUninterruptibly(AT_ONCE);
        RuntimeException first = unsaved.get();
        if (first != null) {
            throw first;
        }
    }

    // A result that cannot be saved fails the duty, but only after all checks have ended.
    private void checkDue(Registry registry, Semaphore room, AtomicReference<@Nullable RuntimeException> unsaved) {
        try {
            Health health = checked(registry);
            logChange(registry, health);
            this.registries.recordHealth(registry.id(), health);
        }
        catch (RuntimeException ex) {
            unsaved.compareAndSet(null, ex);
        }
        finally {
            room.release();
        }
    }

    private Health checked(Registry registry) {
        try {
            return check(registry);
        }
        catch (Refusal ex) {
            return unhealthy(Health.Status.UNHEALTHY, Reason.of(ex));
        }
        catch (RuntimeException | Error ex) {
            return defect(registry, ex);
        }
    }

    /** Logs a change of health, and nothing while it stays the same. */
    private void logChange(Registry registry, Health health) {
        Health.Status before = this.registries.find(registry.id())
            .map((known) -> known.health().status())
            .orElse(Health.Status.UNKNOWN);
        if (before == health.status()) {
            return;
        }
        if (health.status() == Health.Status.HEALTHY) {
            LOG.info("registry {} is healthy", registry.name());
        }
        else {
            LOG.warn("registry {} is {}: {}; it is checked again later", registry.name(), health.status().id(),
                    new Reason(health.reason(), health.hint()));
        }
    }

    /**
     * Checks a registry, saved or not, and answers within seconds.
     * @throws Refusal.Invalid if no adapter can serve it
     */
    public Health check(Registry registry) {
        if (registry.id() > 0 && this.hanging.contains(registry.id())) {
            return timedOut(registry);
        }
        CompletableFuture<Health> answer = new CompletableFuture<>();
        try (RegistryConnection connection = this.adapters.connect(registry)) {
            Thread.ofVirtual().name("health").start(() -> ask(registry, connection, answer));
            return answer.get(this.deadline.toMillis(), TimeUnit.MILLISECONDS);
        }
        catch (RegistryFailure.Unauthorized failure) {
            return unhealthy(Health.Status.UNAUTHORIZED, Reason.of(failure));
        }
        catch (RegistryFailure failure) {
            return unhealthy(Health.Status.UNHEALTHY, Reason.of(failure));
        }
        catch (TimeoutException _) {
            if (registry.id() > 0) {
                this.hanging.add(registry.id());
            }
            if (answer.isDone()) {
                this.hanging.remove(registry.id());
            }
            return timedOut(registry);
        }
        catch (ExecutionException ex) {
            return defect(registry, ex);
        }
        catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return unhealthy(Health.Status.UNKNOWN, new Reason("the check was interrupted"));
        }
    }

    private void ask(Registry registry, RegistryConnection connection, CompletableFuture<Health> answer) {
        try {
            connection.check();
            answer.complete(new Health(Health.Status.HEALTHY, connection.admission(), this.clock.instant()));
        }
        catch (RegistryFailure.Unauthorized failure) {
            answer.complete(unhealthy(Health.Status.UNAUTHORIZED, Reason.of(failure)));
        }
        catch (RegistryFailure failure) {
            answer.complete(unhealthy(Health.Status.UNHEALTHY, Reason.of(failure)));
        }
        catch (Refusal refusal) {
            answer.complete(unhealthy(Health.Status.UNHEALTHY, Reason.of(refusal)));
        }
        catch (Throwable ex) {
            answer.completeExceptionally(ex);
        }
        finally {
            this.hanging.remove(registry.id());
        }
    }

    private Health defect(Registry registry, Throwable cause) {
        LOG.error("the check of registry {} failed by a defect of Drayage; it is checked again later", registry.name(),
                cause);
        return unhealthy(Health.Status.UNHEALTHY,
                new Reason("the check failed by a defect of Drayage", "its log says more"));
    }

    private Health timedOut(Registry registry) {
        return unhealthy(Health.Status.UNHEALTHY,
                new Reason("check %s: no answer within %d s".formatted(registry.url(), this.deadline.toSeconds()),
                        "its address or port may be wrong, or a firewall drops the packets"));
    }

    private Health unhealthy(Health.Status status, Reason why) {
        return new Health(status, why.text(), why.hint(), this.clock.instant());
    }

}
