package replication.registry;

import java.net.URI;
import java.time.Instant;
import java.util.Map;

import oci.model.CredentialSource;
import oci.model.RegistryAccess;
import org.jspecify.annotations.Nullable;
import replication.bandwidth.Bandwidth;

/**
 * A registry that Drayage may read from or write to.
 *
 * @param id 0 before it is saved
 * @param type the identity of its adapter
 * @param url its address, which its adapter reads; no credentials, query or fragment
 * @param insecure whether certificates go unchecked
 * @param settings the settings that its adapter declares, by key: texts, flags, lists and
 * maps of texts
 * @param caCertificate PEM of the authorities to trust besides the system's
 * @param proxyUrl an HTTP proxy to go through
 * @param maxTasks the most tasks that read from it or write to it at once, on all nodes
 * together; 0 for no cap
 * @param bandwidth the limit of its traffic, on all nodes together
 * @param quarantinedUntil no request is sent before this time, because its answers
 * exhausted nodes' memory; null if it is not in quarantine
 */
public record Registry(long id, String name, String description, String type, URI url, boolean insecure,
        RegistryCredential credential, Map<String, Object> settings, @Nullable String caCertificate,
        @Nullable URI proxyUrl, int maxTasks, Bandwidth bandwidth, @Nullable Instant quarantinedUntil) {

    public Registry {
        settings = Map.copyOf(settings);
    }

    /**
     * The access to it over HTTP.
     * @param credentials made by its adapter from its credential
     */
    public RegistryAccess access(CredentialSource credentials) {
        return new RegistryAccess(this.id, this.url, this.credential.account(), credentials, this.insecure,
                this.caCertificate, this.proxyUrl, 0);
    }

    /** A registry without settings and without a limit of bandwidth. */
    public Registry(long id, String name, String description, String type, URI url, boolean insecure,
            RegistryCredential credential, @Nullable String caCertificate, @Nullable URI proxyUrl, int maxTasks) {
        this(id, name, description, type, url, insecure, credential, Map.of(), caCertificate, proxyUrl, maxTasks,
                Bandwidth.UNLIMITED, null);
    }

    Registry with(RegistryCredential other) {
        return new Registry(this.id, this.name, this.description, this.type, this.url, this.insecure, other,
                this.settings, this.caCertificate, this.proxyUrl, this.maxTasks, this.bandwidth, this.quarantinedUntil);
    }

}
