package app.settings;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import replication.CannotStart;

/**
 * Takes secrets literally. Spring expands <code>${…}</code> in the value of a variable,
 * so a password with these characters would become another. In a file
 * <code>${NAME}</code> still names a variable, whose value is not expanded again.
 */
final class LiteralSecrets implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    /** What holds a secret, or is chosen together with one. */
    private static final List<String> NAMES = List.of("drayage.key", "drayage.admin.name", "drayage.admin.password",
            "drayage.db.url", "drayage.db.user", "drayage.db.password", "drayage.mail.username",
            "drayage.mail.password");

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^${}:]+)(:.*)?}");

    /** What Java puts in place of bytes that the locale has no character for. */
    private static final String LOST = "\uFFFD";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        Function<String, Optional<String>> literal = (name) -> literal(environment, name);
        Map<String, Object> escaped = NAMES.stream()
            .filter((name) -> literal.apply(name).isPresent())
            .collect(Collectors.toMap(Function.identity(), (name) -> escaped(name, literal.apply(name).orElse(""))));
        environment.getPropertySources().addFirst(new MapPropertySource("secrets", escaped));
    }

    /** Empty where it is not set, or in a file that Spring may expand. */
    private static Optional<String> literal(ConfigurableEnvironment environment, String name) {
        ConfigurationPropertyName property = ConfigurationPropertyName.of(name);
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            ConfigurationProperty found = source.getConfigurationProperty(property);
            if (found != null) {
                String value = String.valueOf(found.getValue());
                return (source.getUnderlyingSource() instanceof OriginTrackedMapPropertySource)
                        ? named(environment, value) : Optional.of(value);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> named(ConfigurableEnvironment environment, String text) {
        Matcher variable = VARIABLE.matcher(text);
        return variable.matches() ? environment.getPropertySources()
            .stream()
            .map((source) -> source.getProperty(variable.group(1)))
            .filter(Objects::nonNull)
            .map(String::valueOf)
            .findFirst() : Optional.empty();
    }

    private static Object escaped(String name, String value) {
        if (value.contains(LOST)) {
            throw new CannotStart(
                    "%s has characters that the locale does not have; LC_ALL=C.UTF-8 has all of them".formatted(name));
        }
        return value.replace("${", "\\${");
    }

}
