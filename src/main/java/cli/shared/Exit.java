package cli.shared;

/** The exit codes of commands. */
public final class Exit {

    public static final int OK = 0;

    public static final int FAILED = 1;

    /** The command was called wrongly and did nothing. */
    static final int USAGE = 2;

    private Exit() {
    }

}
