package events;

import org.jspecify.annotations.Nullable;

/** What a stranger wrote, as far as it may stand in an answer or a log. */
final class Quote {

    private static final int LONGEST = 80;

    private Quote() {
    }

    static String of(String text) {
        return '"' + words(text) + '"';
    }

    static String words(@Nullable String text) {
        if (text == null) {
            return "";
        }
        String start = text.substring(0, Math.min(text.length(), LONGEST)).replaceAll("[^\\x20-\\x7E]", "?");
        return (text.length() > LONGEST) ? start + "..." : start;
    }

}
