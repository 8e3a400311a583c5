package replication;

/**
 * The service refuses to start. The message is for its operator: what is wrong, and what
 * to do about it, in one line.
 */
public final class CannotStart extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    public CannotStart(String message) {
        super(message);
    }

    public CannotStart(String message, Throwable cause) {
        super(message, cause);
    }

}
