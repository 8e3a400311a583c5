package store.sql;

/** The keys of the advisory locks; the numbers are arbitrary. */
public final class Locks {

    public static final long PARTITIONS = 0x44726179_0001L;

    public static final long DISPATCH = 0x44726179_0002L;

    public static final long EVENTS = 0x44726179_0006L;

    public static final long PURGE = 0x44726179_0005L;

    public static final long OUTBOX = 0x44726179_0010L;

    private Locks() {
    }

}
