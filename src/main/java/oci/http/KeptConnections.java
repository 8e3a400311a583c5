package oci.http;

/** Connections that are kept open after their use, for the next. */
public interface KeptConnections extends AutoCloseable {

    /**
     * Closes connections that have not been used for a minute.
     * @return whether no connection is open any more
     */
    boolean closeIdle();

    @Override
    void close();

}
