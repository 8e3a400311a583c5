package oci;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import replication.registry.Credential;
import replication.registry.Registry;

/**
 * The limits of every host and account that this process speaks to: a host counts what an
 * account asks, however many registries are configured for it. One for all connections.
 */
public final class HostLimits {

    private final LimitSizes sizes;

    private volatile LimitSizes share;

    private final ConcurrentMap<Key, Lanes> lanes = new ConcurrentHashMap<>();

    public HostLimits(LimitSizes sizes) {
        this.sizes = sizes;
        this.share = sizes;
    }

    /** So many nodes share the limits from here on. */
    public void shareWith(int nodes) {
        this.share = this.sizes.share(nodes);
        this.lanes.values().forEach((each) -> each.resize(this.share));
    }

    LimitSizes sizes() {
        return this.sizes;
    }

    Lanes of(Registry registry) {
        Key key = new Key(Origin.of(registry.url()), account(registry.credential()));
        return this.lanes.computeIfAbsent(key, (_) -> new Lanes(this.share));
    }

    private static String account(Credential credential) {
        return switch (credential) {
            case Credential.None _ -> "";
            case Credential.Basic basic -> basic.accessKey();
            case Credential.OAuth oauth -> Digests.of(oauth.token().reveal()).toString();
        };
    }

    private record Key(Origin host, String account) {
    }

}
