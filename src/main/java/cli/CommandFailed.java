package cli;

/** Ends a command with its message as the one line that is told. */
class CommandFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CommandFailed(String message) {
        super(message);
    }

}
