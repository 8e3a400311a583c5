package bench.copy;

import java.util.Locale;

/** How the registries are reached. */
enum Line {

    /** Without TLS, over the loopback. */
    PLAIN,

    /** With TLS, over the loopback. */
    TLS,

    /** Without TLS, through toxiproxy: 50 ms there and back, 25 MB/s a connection. */
    SLOW,

    /** The source as with {@link #SLOW}, the destination as with {@link #PLAIN}. */
    FAR;

    Line toDestination() {
        return (this == FAR) ? PLAIN : this;
    }

    /** Whether the source is at the other end of a slow line. */
    boolean proxied() {
        return this == SLOW || this == FAR;
    }

    static Line named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

}
