package oci.limits;

/** What a request weighs on a host. */
public enum Lane {

    /** Moves no blob; never waits behind one. */
    SMALL,
    /** Reads a blob. */
    READ,
    /** Reads on where a read broke, or a part of a blob, with the permit that it has. */
    READ_ON,
    /**
     * Writes a blob. A copy takes this permit while it holds a read permit, never the
     * other way round, so that copies within one host cannot block each other.
     */
    WRITE

}
