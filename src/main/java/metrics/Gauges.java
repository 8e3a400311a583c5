package metrics;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import javax.management.MBeanServer;

import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Holds the last reading and shows it by Micrometer and by JMX. It describes the whole
 * cluster, so every node shows the same.
 */
public final class Gauges implements AutoCloseable {

    private final Clock clock;

    private final Throughput throughput = new Throughput();

    private final MeterGauges meters;

    private final ManagedGauges managed;

    private volatile Reading reading;

    public Gauges(Clock clock, MeterRegistry meters, MBeanServer server) {
        this.clock = clock;
        this.reading = new Reading(clock.instant(), Map.of(), Map.of(), Map.of());
        this.meters = new MeterGauges(this, meters);
        this.managed = new ManagedGauges(this, server);
    }

    /**
     * Takes the rows of {@code camel/gauges.sql}; the meters of policies and registries
     * that are missing in them are removed.
     */
    public synchronized void read(List<Map<String, @Nullable Object>> rows) {
        this.reading = Reading.of(this.clock.instant(), rows, this.throughput);
        this.meters.show(this.reading);
        this.managed.show(this.reading);
    }

    /** Takes what it shows out of JMX. */
    @Override
    public synchronized void close() {
        this.managed.show(new Reading(this.clock.instant(), Map.of(), Map.of(), Map.of()));
    }

    Reading reading() {
        return this.reading;
    }

    Instant now() {
        return this.clock.instant();
    }

}
