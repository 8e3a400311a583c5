package cli.shared;

import oci.model.OutsideText;

/**
 * Text of a registry or a service on its way to a terminal: one line, of which nothing
 * moves the cursor, changes colours or turns the direction of writing.
 */
public final class Shown {

    private static final int LONGEST = 2000;

    private Shown() {
    }

    public static String line(String text) {
        return OutsideText.line(text, LONGEST);
    }

    /** JSON that says the same: what is no plain character is escaped. */
    public static String json(String json) {
        StringBuilder shown = new StringBuilder(json.length());
        json.chars().forEach((unit) -> {
            // Line ends stand between the values, never in them.
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
