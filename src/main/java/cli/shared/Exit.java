package cli.shared;

/** What a command tells a script by its exit code. */
public final class Exit {

    public static final int OK = 0;

    public static final int FAILED = 1;

    /** It was called wrongly; nothing was done. */
    static final int USAGE = 2;

    private Exit() {
    }

}
