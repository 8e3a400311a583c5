package replication.policy;

import java.util.List;
import java.util.Optional;

import com.google.re2j.Pattern;

/**
 * A doublestar pattern over a name whose components are separated by {@code /}, as in
 * Harbor's filters: {@code *} and {@code ?} stay within a component, {@code **} as a
 * whole component stands for any number of them, {@code [a-z]} and {@code [^a-z]} are
 * classes, {@code {a,b}} alternatives that may nest, and {@code \} takes the next
 * character as it is. The empty pattern matches all. Matching takes linear time (RE2),
 * whatever the pattern.
 */
public final class Glob {

    /** Patterns longer than this are refused. */
    public static final int MAX_LENGTH = 1024;

    private final String pattern;

    private final Pattern compiled;

    private Glob(String pattern, Pattern compiled) {
        this.pattern = pattern;
        this.compiled = compiled;
    }

    /**
     * Reads a pattern.
     * @throws IllegalArgumentException if it is malformed; the message says what is wrong
     * and where
     */
    public static Glob of(String pattern) {
        if (pattern.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("the pattern is longer than " + MAX_LENGTH + " characters");
        }
        String regex = pattern.isEmpty() ? ".*" : new GlobParser(pattern).regex();
        return new Glob(pattern, Pattern.compile(regex, Pattern.DOTALL));
    }

    public boolean matches(String name) {
        return this.compiled.matches(name);
    }

    /**
     * All names that this pattern matches, each once, if it has no wildcard and spells
     * out at most a hundred. Empty if they are not known; an empty list means that it
     * matches nothing.
     */
    public Optional<List<String>> literals() {
        return GlobLiterals.of(this.pattern);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Glob glob && glob.pattern.equals(this.pattern);
    }

    @Override
    public int hashCode() {
        return this.pattern.hashCode();
    }

    /** The pattern as it was written. */
    @Override
    public String toString() {
        return this.pattern;
    }

}
