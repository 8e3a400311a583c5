package app.start;

import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import replication.CannotStart;

/**
 * Logs in one line why the service does not start, where a class of Drayage has refused
 * it; any other failure keeps its stack trace.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class StartRefused implements SpringBootExceptionReporter {

    private static final Logger LOG = LoggerFactory.getLogger("drayage");

    public StartRefused(ConfigurableApplicationContext context) {
        // The signature by which Spring Boot makes reporters.
    }

    @Override
    public boolean reportException(Throwable failure) {
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(failure);
        if (cause instanceof UnboundConfigurationPropertiesException unbound) {
            // The values are left out: one of them may be a password under a misspelt
            // name.
            LOG.error("Drayage does not start: there is no setting {}",
                    unbound.getUnboundProperties()
                        .stream()
                        .map((property) -> property.getName().toString())
                        .collect(Collectors.joining(", ")));
            return true;
        }
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof CannotStart) {
                LOG.error("Drayage does not start: {}", each.getMessage());
                return true;
            }
        }
        return false;
    }

}
