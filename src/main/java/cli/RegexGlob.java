package cli;

import java.util.Optional;

/**
 * A regular expression that matches the whole of a tag or name, as a glob that matches
 * the same. Only the plain ones have such a glob: literals, {@code .*}, {@code .+},
 * {@code .}, classes, {@code \d} and groups of alternatives.
 */
record RegexGlob(String expression) {

    /** Empty where there is none. */
    Optional<String> glob() {
        String inner = this.expression.replaceFirst("^\\^", "").replaceFirst("(?<!\\\\)\\$$", "");
        StringBuilder glob = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < inner.length(); i++) {
            char c = inner.charAt(i);
            int from = i;
            switch (c) {
                case '.' -> glob.append('?');
                case '\\' -> {
                    i++;
                    if (i >= inner.length() || !escaped(inner.charAt(i), glob)) {
                        return Optional.empty();
                    }
                }
                case '[' -> {
                    int end = inner.indexOf(']', i + 2);
                    if (end < 0 || inner.substring(i, end).contains("\\")) {
                        return Optional.empty();
                    }
                    glob.append(inner, i, end + 1);
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
            if (next == '*' || next == '+') {
                // Only anything can be repeated in a glob.
                if (c != '.' || i != from) {
                    return Optional.empty();
                }
                glob.setLength(glob.length() - 1);
                glob.append((next == '+') ? "?*" : "*");
                i++;
            }
        }
        return (depth == 0) ? Optional.of(glob.toString()) : Optional.empty();
    }

    private static boolean escaped(char c, StringBuilder glob) {
        if (c == 'd') {
            glob.append("[0-9]");
            return true;
        }
        // Of what a glob would take for its own, nothing stands in a tag or a name.
        if (c == '.' || c == '-' || c == '_' || c == '/') {
            glob.append(c);
            return true;
        }
        return false;
    }

}
