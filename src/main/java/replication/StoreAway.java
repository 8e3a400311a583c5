package replication;

/**
 * The database does not answer, or takes no writes at this moment. It says nothing about
 * what was to be written: whoever catches it leaves that undecided and comes again.
 */
public final class StoreAway extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StoreAway(Throwable cause) {
        this("the database does not answer", cause);
    }

    /** It is asked for more at once than there are connections to it. */
    public StoreAway(String what, Throwable cause) {
        super(what + ": " + cause.getMessage(), cause);
    }

}
