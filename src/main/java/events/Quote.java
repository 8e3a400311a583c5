package events;

import oci.model.OutsideText;
import org.jspecify.annotations.Nullable;

/** Makes text from outside safe for an answer or a log. */
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
        StringBuilder plain = new StringBuilder(OutsideText.line(text, LONGEST));
        for (int at = 0; at < plain.length(); at++) {
            char c = plain.charAt(at);
            if (c > '~' && c != '…') {
                plain.setCharAt(at, '?');
            }
        }
        return plain.toString();
    }

}
