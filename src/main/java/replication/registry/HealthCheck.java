package replication.registry;

import java.time.Clock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks registries how they are, and writes it down. */
public final class HealthCheck {

    /** How many registries one look takes; the rest is due at the next. */
    private static final int AT_ONCE = 20;

    private static final Logger LOG = LoggerFactory.getLogger(HealthCheck.class);

    private final Adapters adapters;

    private final Registries registries;

    private final Clock clock;

    public HealthCheck(Adapters adapters, Registries registries, Clock clock) {
        this.adapters = adapters;
        this.registries = registries;
        this.clock = clock;
    }

    /** Checks the registries whose turn it is. */
    public void checkDue() {
        for (Registry registry : this.registries.claimForCheck(AT_ONCE)) {
            Health health = check(registry);
            tellNews(registry, health);
            this.registries.recordHealth(registry.id(), health);
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
            LOG.info("registry {} is healthy again", registry.name());
        }
        else {
            LOG.warn("registry {} is {}: {}; it is asked again at the next check", registry.name(),
                    health.status().id(), health.reason());
        }
    }

    /**
     * How a registry is, saved or not.
     * @throws replication.Refusal.Invalid where no adapter can serve it
     */
    public Health check(Registry registry) {
        try (RegistryConnection connection = this.adapters.of(registry.type()).connect(registry)) {
            connection.check();
            return new Health(Health.Status.HEALTHY, "", this.clock.instant());
        }
        catch (RegistryFailure.Unauthorized failure) {
            return unwell(Health.Status.UNAUTHORIZED, failure);
        }
        catch (RegistryFailure failure) {
            return unwell(Health.Status.UNHEALTHY, failure);
        }
    }

    private Health unwell(Health.Status status, RegistryFailure failure) {
        String reason = (failure.getMessage() != null) ? failure.getMessage() : failure.getClass().getSimpleName();
        return new Health(status, reason, this.clock.instant());
    }

}
