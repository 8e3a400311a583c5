package oci.model;

/**
 * Why something is as it is.
 *
 * @param text one line: what was being done, to what, and the other side's words
 * @param hint what likely helps; empty if that is not known
 */
public record Reason(String text, String hint) {

    /** In characters: what registries say may be of any length and hold anything. */
    private static final int LONGEST = 2000;

    public static final Reason NONE = new Reason("", "");

    public Reason {
        text = OutsideText.line(text, LONGEST);
        hint = OutsideText.line(hint, LONGEST);
    }

    public Reason(String text) {
        this(text, "");
    }

    public static Reason of(Throwable thrown) {
        if (thrown instanceof RegistryFailure failure) {
            return failure.reason();
        }
        return new Reason((thrown.getMessage() != null) ? thrown.getMessage() : thrown.toString());
    }

    /** Both in one line, for a log. */
    @Override
    public String toString() {
        return this.hint.isEmpty() ? this.text : this.text + " (" + this.hint + ")";
    }

}
