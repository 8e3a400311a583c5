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
 * Says in one line why the service does not start, where a class of ours has refused it;
 * all else keeps its stack trace.
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
            // Their values are not told, for one of them may be a misspelt password's.
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
