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
 * Asks registries how they are, side by side, and writes it down. A check has a deadline
 * of seconds, and whatever one ends with concerns no other.
 */
public final class HealthCheck {

    /** So many registries are asked at the same time; the others wait for their end. */
    private static final int AT_ONCE = 32;

    /** Longer than a connection takes that comes about at its second try. */
    private static final Duration DEADLINE = Duration.ofSeconds(8);

    private static final Logger LOG = LoggerFactory.getLogger(HealthCheck.class);

    private final Adapters adapters;

    private final Registries registries;

    private final Clock clock;

    private final Duration deadline;

    /** Checks that have not come back although they were given up. */
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

    /** Checks the registries whose turn it is; returns when all have ended. */
    public void checkDue() {
        Semaphore room = new Semaphore(AT_ONCE);
        AtomicReference<@Nullable RuntimeException> unwritten = new AtomicReference<>();
        List<Registry> due;
        do {
            due = this.registries.claimForCheck(AT_ONCE);
            for (Registry registry : due) {
                room.acquireUninterruptibly();
                Thread.ofVirtual().name("health").start(() -> checkDue(registry, room, unwritten));
            }
        }
        while (due.size() == AT_ONCE);
        room.acquireUninterruptibly(AT_ONCE);
        RuntimeException first = unwritten.get();
        if (first != null) {
            throw first;
        }
    }

    // What cannot be written down is the duty's failure, after all have had their turn.
    private void checkDue(Registry registry, Semaphore room, AtomicReference<@Nullable RuntimeException> unwritten) {
        try {
            Health health = checked(registry);
            tellNews(registry, health);
            this.registries.recordHealth(registry.id(), health);
        }
        catch (RuntimeException ex) {
            unwritten.compareAndSet(null, ex);
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
            return unwell(Health.Status.UNHEALTHY, Reason.of(ex));
        }
        catch (RuntimeException | Error ex) {
            return defect(registry, ex);
        }
    }

    /** A line when it changes, and none while it stays as it is. */
    private void tellNews(Registry registry, Health health) {
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
            LOG.warn("registry {} is {}: {}; it is asked again at the next check", registry.name(),
                    health.status().id(), new Reason(health.reason(), health.hint()));
        }
    }

    /**
     * How a registry is, saved or not; answers within seconds.
     * @throws Refusal.Invalid where no adapter can serve it
     */
    public Health check(Registry registry) {
        if (registry.id() > 0 && this.hanging.contains(registry.id())) {
            return silent(registry);
        }
        CompletableFuture<Health> answer = new CompletableFuture<>();
        try (RegistryConnection connection = this.adapters.connect(registry)) {
            Thread.ofVirtual().name("health").start(() -> ask(registry, connection, answer));
            return answer.get(this.deadline.toMillis(), TimeUnit.MILLISECONDS);
        }
        catch (RegistryFailure.Unauthorized failure) {
            return unwell(Health.Status.UNAUTHORIZED, Reason.of(failure));
        }
        catch (RegistryFailure failure) {
            return unwell(Health.Status.UNHEALTHY, Reason.of(failure));
        }
        catch (TimeoutException _) {
            if (registry.id() > 0) {
                this.hanging.add(registry.id());
            }
            if (answer.isDone()) {
                this.hanging.remove(registry.id());
            }
            return silent(registry);
        }
        catch (ExecutionException ex) {
            return defect(registry, ex);
        }
        catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return unwell(Health.Status.UNKNOWN, new Reason("the check was interrupted"));
        }
    }

    private void ask(Registry registry, RegistryConnection connection, CompletableFuture<Health> answer) {
        try {
            connection.check();
            answer.complete(new Health(Health.Status.HEALTHY, connection.admission(), this.clock.instant()));
        }
        catch (RegistryFailure.Unauthorized failure) {
            answer.complete(unwell(Health.Status.UNAUTHORIZED, Reason.of(failure)));
        }
        catch (RegistryFailure failure) {
            answer.complete(unwell(Health.Status.UNHEALTHY, Reason.of(failure)));
        }
        catch (Refusal refusal) {
            answer.complete(unwell(Health.Status.UNHEALTHY, Reason.of(refusal)));
        }
        catch (Throwable ex) {
            answer.completeExceptionally(ex);
        }
        finally {
            this.hanging.remove(registry.id());
        }
    }

    private Health defect(Registry registry, Throwable cause) {
        LOG.error("the check of registry {} failed by a defect of Drayage; it is asked again at the next check",
                registry.name(), cause);
        return unwell(Health.Status.UNHEALTHY,
                new Reason("the check failed by a defect of Drayage", "its log says more"));
    }

    private Health silent(Registry registry) {
        return unwell(Health.Status.UNHEALTHY,
                new Reason("check %s: no answer within %d s".formatted(registry.url(), this.deadline.toSeconds()),
                        "its address or port may be wrong, or a firewall drops what is sent"));
    }

    private Health unwell(Health.Status status, Reason why) {
        return new Health(status, why.text(), why.hint(), this.clock.instant());
    }

}
