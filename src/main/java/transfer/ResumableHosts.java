package transfer;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which registries keep an upload whose request broke, as far as they have shown it. One
 * for all transfers.
 */
final class ResumableHosts {

    private final Set<RegistryKey> forgetful = ConcurrentHashMap.newKeySet();

    /** Whether it is worth sending a large blob in pieces after one has broken. */
    boolean worthPieces(RegistryKey registry) {
        return !this.forgetful.contains(registry);
    }

    /** It has lost an upload of which it had taken a piece. */
    void lost(RegistryKey registry) {
        this.forgetful.add(registry);
    }

    /** It has kept one. */
    void kept(RegistryKey registry) {
        this.forgetful.remove(registry);
    }

}
