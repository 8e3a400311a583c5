package store;

/** The keys of the advisory locks; any numbers of our own. */
final class Locks {

    static final long PARTITIONS = 0x44726179_0001L;

    static final long DISPATCH = 0x44726179_0002L;

    static final long EVENTS = 0x44726179_0006L;

    static final long PURGE = 0x44726179_0005L;

    static final long OUTBOX = 0x44726179_0010L;

    private Locks() {
    }

}
