package cli.shared;

/** Ends a command; its message is the only line that is printed. */
public class CommandFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CommandFailed(String message) {
        super(message);
    }

}
