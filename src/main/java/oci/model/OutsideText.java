package oci.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Text that somebody else has written, such as a registry's error, a tag or a name: made
 * one line that is safe in a log, on a terminal and on a page. Takes linear time.
 */
public final class OutsideText {

    private static final char INSTEAD = '\uFFFD';

    private OutsideText() {
    }

    /**
     * One line of it. White space of any kind becomes one space; what controls a terminal
     * or turns the direction of writing (Unicode's categories Cc and Cf), private and
     * unassigned characters and half surrogates become U+FFFD, several in a row one.
     * @param most how many UTF-16 units at most, from 1; what is longer is clipped and
     * ends with an ellipsis
     */
    public static String line(String raw, int most) {
        StringBuilder line = new StringBuilder(Math.min(raw.length(), most));
        int at = 0;
        while (at < raw.length() && line.length() <= most) {
            int c = raw.codePointAt(at);
            at += Character.charCount(c);
            append(line, c);
        }
        int end = line.length();
        while (end > 0 && line.charAt(end - 1) == ' ') {
            end--;
        }
        line.setLength(end);
        return (end <= most) ? line.toString() : clipped(line, most);
    }

    /** Its parts between separators, without empty ones. */
    public static List<String> words(String text, char separator) {
        List<String> words = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            int end = text.indexOf(separator, from);
            end = (end < 0) ? text.length() : end;
            if (end > from) {
                words.add(text.substring(from, end));
            }
            from = end + 1;
        }
        return words;
    }

    private static void append(StringBuilder line, int c) {
        boolean begun = !line.isEmpty();
        char last = begun ? line.charAt(line.length() - 1) : ' ';
        if (Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85) {
            if (last != ' ') {
                line.append(' ');
            }
        }
        else if (isHarmless(c)) {
            line.appendCodePoint(c);
        }
        else if (last != INSTEAD) {
            line.append(INSTEAD);
        }
    }

    private static boolean isHarmless(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.PRIVATE_USE, Character.SURROGATE,
                    Character.UNASSIGNED ->
                false;
            default -> true;
        };
    }

    private static String clipped(StringBuilder line, int most) {
        int end = Math.max(most - 1, 0);
        if (end > 0 && Character.isHighSurrogate(line.charAt(end - 1))) {
            end--;
        }
        line.setLength(end);
        return line.append('…').toString();
    }

}
