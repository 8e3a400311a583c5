package cli.shared;

import oci.model.Reason;

/** Ends a command; its reason is the only line that is printed. */
public class CommandFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String hint;

    public CommandFailed(String message) {
        this(message, "");
    }

    /**
     * A failure with advice.
     * @param hint advice that probably helps
     */
    public CommandFailed(String message, String hint) {
        super(message);
        this.hint = hint;
    }

    public Reason reason() {
        return new Reason(String.valueOf(getMessage()), this.hint);
    }

}
