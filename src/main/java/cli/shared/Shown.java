package cli.shared;

import oci.model.OutsideText;

/**
 * Makes text of a registry or a service safe for a terminal: one line, which moves no
 * cursor, changes no colour and does not turn the direction of writing.
 */
public final class Shown {

    private static final int LONGEST = 2000;

    private Shown() {
    }

    public static String line(String text) {
        return OutsideText.line(text, LONGEST);
    }

    /** The same JSON with all but plain characters escaped. */
    public static String json(String json) {
        StringBuilder shown = new StringBuilder(json.length());
        json.chars().forEach((unit) -> {
            // Line ends are between values, never within them.
            if (unit == '\n' || unit == '\r' || isPlain(unit)) {
                shown.append((char) unit);
            }
            else {
                shown.append("\\u%04x".formatted(unit));
            }
        });
        return shown.toString();
    }

    private static boolean isPlain(int unit) {
        return switch (Character.getType(unit)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE, Character.UNASSIGNED ->
                false;
            default -> true;
        };
    }

}
