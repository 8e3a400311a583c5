package app;

import java.lang.management.ManagementFactory;
import java.time.Clock;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import metrics.Gauges;
import oci.limits.HostLimits;
import oci.limits.RateLimit;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What an operator watches. */
@Configuration(proxyBeanMethods = false)
class MetricsConfiguration {

    /** Read by the route tick-gauges. */
    @Bean
    Gauges gauges(Clock clock, MeterRegistry meters) {
        return new Gauges(clock, meters, ManagementFactory.getPlatformMBeanServer());
    }

    /** Shows how many requests hosts say that they still allow. */
    @Bean
    MeterBinder quotas(HostLimits limits) {
        return (meters) -> {
            MultiGauge left = MultiGauge.builder("drayage.host.requests.left")
                .description("How many requests the host says that it still allows")
                .register(meters);
            limits.onQuota(() -> left
                .register(limits.quotas().keySet().stream().map((host) -> row(limits, host)).toList(), true));
        };
    }

    private static MultiGauge.Row<?> row(HostLimits limits, String host) {
        return MultiGauge.Row.of(Tags.of("host", host), () -> {
            RateLimit quota = limits.quotas().get(host);
            return (quota != null) ? quota.left() : Double.NaN;
        });
    }

}
