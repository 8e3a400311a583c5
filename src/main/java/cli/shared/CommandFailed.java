package cli.shared;

/** Ends a command with its message as the one line that is told. */
public class CommandFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CommandFailed(String message) {
        super(message);
    }

}
