package oci;

import java.time.Duration;

/**
 * How patiently registries are spoken to.
 *
 * @param connect until a connection stands, per address
 * @param stall how long a connection may stay without a byte, either way
 * @param commit how long a registry may take to answer a blob that it has wholly received
 * @param attempts how often a request is tried at most, 1 or more
 * @param baseWait the upper bound of the first wait between two attempts; it doubles with
 * each
 * @param maxWait no wait is longer, unless the registry asks for it
 * @param patience the longest wait that a registry may ask for; beyond it the request
 * fails at once
 */
public record HttpSettings(Duration connect, Duration stall, Duration commit, int attempts, Duration baseWait,
        Duration maxWait, Duration patience) {

    public static final HttpSettings DEFAULTS = new HttpSettings(Duration.ofSeconds(10), Duration.ofSeconds(60),
            Duration.ofMinutes(5), 5, Duration.ofMillis(200), Duration.ofSeconds(10), Duration.ofSeconds(60));

    public HttpSettings {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts must be 1 or more, but is " + attempts);
        }
        positive("connect", connect);
        positive("stall", stall);
        positive("commit", commit);
        positive("baseWait", baseWait);
        positive("maxWait", maxWait);
        positive("patience", patience);
    }

    /** The same with one attempt. */
    HttpSettings once() {
        return new HttpSettings(this.connect, this.stall, this.commit, 1, this.baseWait, this.maxWait, this.patience);
    }

    private static void positive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + " must be longer than nothing, but is " + value);
        }
    }

}
