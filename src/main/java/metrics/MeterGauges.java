package metrics;

import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;

/**
 * The gauges as meters. A meter is registered as long as its policy or registry exists,
 * and shows the last reading when it is scraped.
 */
final class MeterGauges {

    private final Gauges gauges;

    private final MultiGauge running;

    private final MultiGauge waiting;

    private final MultiGauge age;

    private final MultiGauge bytes;

    private final MultiGauge sinceSuccess;

    private final MultiGauge healthy;

    MeterGauges(Gauges gauges, MeterRegistry registry) {
        this.gauges = gauges;
        this.running = MultiGauge.builder("drayage.tasks.running")
            .description("Tasks that nodes work on")
            .register(registry);
        this.waiting = MultiGauge.builder("drayage.queue.depth")
            .description("Tasks that wait in the backlog and the queue")
            .register(registry);
        this.age = MultiGauge.builder("drayage.queue.age")
            .description("How long the oldest waiting task has waited")
            .baseUnit("seconds")
            .register(registry);
        this.bytes = MultiGauge.builder("drayage.bytes.per.second")
            .description("Bytes a second of the artifacts that were finished within the last minute")
            .register(registry);
        this.sinceSuccess = MultiGauge.builder("drayage.policy.seconds.since.success")
            .description("Since the policy last succeeded, or since its creation where it never has")
            .register(registry);
        this.healthy = MultiGauge.builder("drayage.registry.healthy")
            .description("1 where the registry's last check found it healthy, else 0")
            .register(registry);
        Gauge.builder("drayage.gauges.age", gauges, (shown) -> shown.reading().secondsUntil(shown.now()))
            .description("The age of the reading that the other gauges show; it grows while the database is away")
            .baseUnit("seconds")
            .register(registry);
    }

    void show(Reading reading) {
        show(this.running, reading, Load::running);
        show(this.waiting, reading, Load::waiting);
        show(this.age, reading, (load) -> this.gauges.reading().age(load, this.gauges.now()));
        show(this.bytes, reading, Load::bytesPerSecond);
        this.sinceSuccess.register(reading.sinceSuccess()
            .keySet()
            .stream()
            .map((flow) -> row(Tags.of("policy", flow.policy()),
                    () -> this.gauges.reading().sinceSuccess(flow, this.gauges.now())))
            .toList());
        this.healthy.register(reading.registries()
            .keySet()
            .stream()
            .map((name) -> row(Tags.of("registry", name), () -> this.gauges.reading().healthy(name)))
            .toList());
    }

    private void show(MultiGauge gauge, Reading reading, ToDoubleFunction<Load> value) {
        gauge.register(
                reading.loads()
                    .keySet()
                    .stream()
                    .map((flow) -> row(Tags.of("policy", flow.policy(), "source", flow.source(), "destination",
                            flow.destination()), () -> value.applyAsDouble(this.gauges.reading().load(flow))))
                    .toList());
    }

    private static MultiGauge.Row<?> row(Tags tags, Supplier<Number> value) {
        return MultiGauge.Row.of(tags, value);
    }

}
