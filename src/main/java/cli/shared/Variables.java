package cli.shared;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The variables that stand in for options. Their values are taken character by character:
 * picocli would expand {@code $$} and {@code ${…}} in a default value, and with them a
 * password.
 */
public record Variables(Map<String, String> environment) {

    /** What Java puts in place of bytes that the locale has no character for. */
    private static final char LOST = '\uFFFD';

    public static Variables ofProcess() {
        return new Variables(System.getenv());
    }

    /**
     * What the option was given or, without it, what the variable holds.
     * @param otherwise where neither was given, or the variable is empty
     */
    public String or(@Nullable String given, String name, String otherwise) {
        if (given != null) {
            return given;
        }
        String value = this.environment.getOrDefault(name, "");
        if (value.indexOf(LOST) >= 0) {
            throw new CommandFailed(
                    "%s holds characters that the locale does not have; LC_ALL=C.UTF-8 is one that has all"
                        .formatted(name));
        }
        return value.isEmpty() ? otherwise : value;
    }

}
