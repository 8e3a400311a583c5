package bench.copy;

import java.util.Locale;

/** How the registries are reached. */
enum Line {

    /** Without TLS, over the loopback. */
    PLAIN,

    /** With TLS, over the loopback. */
    TLS,

    /** Without TLS, through toxiproxy: 50 ms there and back, 25 MB/s a connection. */
    SLOW;

    static Line named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

}
