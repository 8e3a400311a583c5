package cli.shared;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The variables that replace options. Their values are used unchanged: picocli would
 * expand {@code $$} and {@code ${…}} in a default value, and so change a password.
 */
public record Variables(Map<String, String> environment) {

    /** Java's replacement for bytes that the locale cannot decode. */
    private static final char LOST = '\uFFFD';

    public static Variables ofProcess() {
        return new Variables(System.getenv());
    }

    /**
     * The value of the option or, without it, of the variable.
     * @param otherwise the value if neither is given or the variable is empty
     */
    public String or(@Nullable String given, String name, String otherwise) {
        if (given != null) {
            return given;
        }
        String value = this.environment.getOrDefault(name, "");
        if (value.indexOf(LOST) >= 0) {
            throw new CommandFailed(
                    "%s has characters that the locale does not have; LC_ALL=C.UTF-8 has all of them".formatted(name));
        }
        return value.isEmpty() ? otherwise : value;
    }

}
