package cli.imports;

import java.util.Optional;

import replication.policy.Glob;

/**
 * Turns a regular expression that matches a whole tag or name into a glob that matches
 * the same. Only simple expressions have such a glob: literals, {@code .*}, {@code .+},
 * {@code .}, classes, {@code \d} and groups of alternatives.
 */
public record RegexGlob(String expression, Subject subject) {

    /**
     * An expression that matches the whole text if the given one matches a part of it.
     */
    public static String anywhere(String part) {
        return (part.startsWith("^") ? "" : ".*") + part + (part.matches(".*(?<!\\\\)\\$") ? "" : ".*");
    }

    /** Empty if there is none. */
    public Optional<String> glob() {
        String inner = this.expression.replaceFirst("^\\^", "").replaceFirst("(?<!\\\\)\\$$", "");
        StringBuilder glob = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < inner.length(); i++) {
            char c = inner.charAt(i);
            int from = i;
            switch (c) {
                case '.' -> {
                    // Added below, when the next character has shown how much it matches.
                }
                case '\\' -> {
                    i++;
                    if (i >= inner.length() || !escaped(inner.charAt(i), glob)) {
                        return Optional.empty();
                    }
                }
                case '[' -> {
                    int end = inner.indexOf(']', i + 2);
                    if (end < 0 || !characters(inner.substring(i + 1, end), glob)) {
                        return Optional.empty();
                    }
                    i = end;
                }
                case '(' -> {
                    depth++;
                    i += inner.startsWith("?:", i + 1) ? 2 : 0;
                    glob.append('{');
                }
                case '|' -> {
                    if (depth == 0) {
                        return Optional.empty();
                    }
                    glob.append(',');
                }
                case ')' -> {
                    depth--;
                    glob.append('}');
                }
                case '*', '+', '?', '{', '}', ']', '^', '$', ',' -> {
                    return Optional.empty();
                }
                default -> glob.append(c);
            }
            char next = (i + 1 < inner.length()) ? inner.charAt(i + 1) : ' ';
            boolean repeated = next == '*' || next == '+';
            // A glob can repeat only "any character".
            if (repeated && (c != '.' || i != from)) {
                return Optional.empty();
            }
            if (c == '.') {
                i += repeated ? 1 : 0;
                glob.append(anything(repeated ? next : '.', glob, inner.substring(i + 1)));
            }
        }
        return (depth == 0) ? readable(glob.toString()) : Optional.empty();
    }

    /** What stands for {@code .}, {@code .*} ({@code *}) and {@code .+} ({@code +}). */
    private String anything(char much, CharSequence before, String rest) {
        return switch (this.subject) {
            case TAG -> switch (much) {
                case '*' -> "*";
                case '+' -> "?*";
                default -> "?";
            };
            case NAME -> inName(much, before, rest);
        };
    }

    /**
     * In a name it stands for slashes as well, which only whole components of a glob do.
     */
    private static String inName(char much, CharSequence before, String rest) {
        boolean begins = before.isEmpty() || before.charAt(before.length() - 1) == '/';
        if (much == '.') {
            return "{?,/}";
        }
        if (begins && rest.isEmpty()) {
            return "**";
        }
        if (much == '+') {
            return "{?*,*/**/*}";
        }
        if (begins) {
            return rest.startsWith("/") ? "*/**" : "**/*";
        }
        return "{*,*/**/*}";
    }

    /** A class; false if a glob would read it as another. */
    private boolean characters(String members, StringBuilder glob) {
        boolean negated = members.startsWith("^");
        if (members.matches("!.*|.*[\\\\\\[].*") || (negated && this.subject == Subject.NAME)) {
            return false;
        }
        // At the border of a class a hyphen means itself.
        String inner = members.substring(negated ? 1 : 0)
            .replaceFirst("^-", "\\\\-")
            .replaceFirst("(?<!\\\\)-$", "\\\\-");
        glob.append('[').append(negated ? "^" : "").append(inner).append(']');
        return true;
    }

    private static boolean escaped(char c, StringBuilder glob) {
        if (c == 'd') {
            glob.append("[0-9]");
            return true;
        }
        // Tags and names contain no character that is special in a glob.
        if (c == '.' || c == '-' || c == '_' || c == '/') {
            glob.append(c);
            return true;
        }
        return false;
    }

    /** Checks that the service will accept the glob. */
    private static Optional<String> readable(String glob) {
        try {
            Glob.of(glob);
            return Optional.of(glob);
        }
        catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** The kind of text that is matched. */
    public enum Subject {

        /** A text without a slash. */
        TAG,
        /** Components separated by slashes. */
        NAME;

        static Subject of(String filter) {
            return filter.equals("name") ? NAME : TAG;
        }

    }

}
