package app;

import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Silences, at every level, the loggers that write what goes over the wire: headers with
 * passwords, the URLs of receivers, which are secrets, and what vendors' libraries sign.
 */
final class WireLogFilter extends TurboFilter implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final List<String> LOGGERS = List.of("org.apache.hc.", "org.apache.http.", "org.apache.coyote.",
            "org.apache.tomcat.util.net.", "org.apache.catalina.", "org.apache.camel.component.http.",
            "org.apache.camel.component.mail.", "org.apache.camel.http.", "org.eclipse.angus.mail.", "jakarta.mail.",
            "org.springframework.security.web.authentication.www.", "software.amazon.awssdk.", "com.google.",
            "com.microsoft.aad.");

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logback
                && logback.getTurboFilterList().stream().noneMatch(WireLogFilter.class::isInstance)) {
            logback.addTurboFilter(this);
        }
    }

    @Override
    public FilterReply decide(@Nullable Marker marker, Logger logger, Level level, @Nullable String format,
            Object @Nullable [] params, @Nullable Throwable thrown) {
        // Most calls are below the level and write nothing.
        if (level.isGreaterOrEqual(Level.INFO) || !level.isGreaterOrEqual(logger.getEffectiveLevel())) {
            return FilterReply.NEUTRAL;
        }
        return LOGGERS.stream().anyMatch(logger.getName()::startsWith) ? FilterReply.DENY : FilterReply.NEUTRAL;
    }

}
