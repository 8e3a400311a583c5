package cli;

/** What a command tells a script by its exit code. */
final class Exit {

    static final int OK = 0;

    static final int FAILED = 1;

    /** It was called wrongly; nothing was done. */
    static final int USAGE = 2;

    private Exit() {
    }

}
