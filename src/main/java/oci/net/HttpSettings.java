package oci.net;

import java.time.Duration;

/**
 * How registries are spoken to: how patiently, and through which proxies.
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
 * @param proxies the way to hosts of registries that name no proxy of their own
 */
public record HttpSettings(Duration connect, Duration stall, Duration commit, int attempts, Duration baseWait,
        Duration maxWait, Duration patience, ProxyEnvironment proxies) {

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

    /** Without a proxy. */
    public HttpSettings(Duration connect, Duration stall, Duration commit, int attempts, Duration baseWait,
            Duration maxWait, Duration patience) {
        this(connect, stall, commit, attempts, baseWait, maxWait, patience, ProxyEnvironment.NONE);
    }

    /** The same through these proxies. */
    public HttpSettings through(ProxyEnvironment proxies) {
        return new HttpSettings(this.connect, this.stall, this.commit, this.attempts, this.baseWait, this.maxWait,
                this.patience, proxies);
    }

    /** The same with another bound for a connection without a byte. */
    public HttpSettings stallingAfter(Duration time) {
        return new HttpSettings(this.connect, time, this.commit, this.attempts, this.baseWait, this.maxWait,
                this.patience, this.proxies);
    }

    /** The same with one attempt. */
    public HttpSettings once() {
        return new HttpSettings(this.connect, this.stall, this.commit, 1, this.baseWait, this.maxWait, this.patience,
                this.proxies);
    }

    private static void positive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + " must be longer than nothing, but is " + value);
        }
    }

}
