package app;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Says in one line why the service does not start, where a class of ours has refused it;
 * all else keeps its stack trace.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class StartRefused implements SpringBootExceptionReporter {

    private static final Logger LOG = LoggerFactory.getLogger("drayage");

    StartRefused(ConfigurableApplicationContext context) {
        // The signature by which Spring Boot makes reporters.
    }

    @Override
    public boolean reportException(Throwable failure) {
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(failure);
        boolean refused = cause instanceof IllegalStateException && cause.getStackTrace().length > 0
                && cause.getStackTrace()[0].getClassName().matches("(app|store)\\..*");
        if (refused) {
            LOG.error("Drayage does not start: {}", cause.getMessage());
        }
        return refused;
    }

}
