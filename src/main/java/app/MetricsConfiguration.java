package app;

import java.lang.management.ManagementFactory;
import java.time.Clock;

import io.micrometer.core.instrument.MeterRegistry;
import metrics.Gauges;
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

}
