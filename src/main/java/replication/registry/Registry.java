package replication.registry;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import oci.model.ClientCertificate;
import oci.model.Credential.Basic;
import oci.model.CredentialSource;
import oci.model.Rates;
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
 * @param clientCertificate what the registry's hosts are shown of who connects
 * @param proxyUrl a proxy to go through, by HTTP or SOCKS
 * @param proxyLogin what the proxy is shown; an empty secret stands for the saved one
 * @param maxTasks the most tasks that read from it or write to it at once, on all nodes
 * together; 0 for no cap
 * @param bandwidth the limit of its traffic, on all nodes together
 * @param rates the most requests a second, on all nodes together; what they do not say is
 * as its adapter has it
 * @param quarantinedUntil no request is sent before this time, because its answers
 * exhausted nodes' memory; null if it is not in quarantine
 */
public record Registry(long id, String name, String description, String type, URI url, boolean insecure,
        RegistryCredential credential, Map<String, Object> settings, @Nullable String caCertificate,
        @Nullable ClientCertificate clientCertificate, @Nullable URI proxyUrl, @Nullable Basic proxyLogin, int maxTasks,
        Bandwidth bandwidth, Rates rates, @Nullable Instant quarantinedUntil) {

    public Registry {
        settings = Map.copyOf(settings);
    }

    /** A registry without a client certificate, a login of its proxy and own rates. */
    public Registry(long id, String name, String description, String type, URI url, boolean insecure,
            RegistryCredential credential, Map<String, Object> settings, @Nullable String caCertificate,
            @Nullable URI proxyUrl, int maxTasks, Bandwidth bandwidth, @Nullable Instant quarantinedUntil) {
        this(id, name, description, type, url, insecure, credential, settings, caCertificate, null, proxyUrl, null,
                maxTasks, bandwidth, Rates.NONE, quarantinedUntil);
    }

    /** A registry without settings and without a limit of bandwidth. */
    public Registry(long id, String name, String description, String type, URI url, boolean insecure,
            RegistryCredential credential, @Nullable String caCertificate, @Nullable URI proxyUrl, int maxTasks) {
        this(id, name, description, type, url, insecure, credential, Map.of(), caCertificate, proxyUrl, maxTasks,
                Bandwidth.UNLIMITED, null);
    }

    /**
     * The access to it over HTTP.
     * @param credentials made by its adapter from its credential
     */
    public RegistryAccess access(CredentialSource credentials) {
        return new RegistryAccess(this.id, this.url, this.credential.account(), credentials, this.insecure,
                this.caCertificate, this.clientCertificate, this.proxyUrl, this.proxyLogin, this.rates);
    }

    /** Whether all its secrets can be opened. */
    public boolean readable() {
        return locked().isEmpty();
    }

    /** The field whose secret cannot be opened, if there is one. */
    Optional<String> locked() {
        if (this.clientCertificate != null && !this.clientCertificate.key().readable()) {
            return Optional.of("client_key");
        }
        if (this.proxyLogin != null && !this.proxyLogin.accessSecret().readable()) {
            return Optional.of("proxy_password");
        }
        return this.credential.locked().map((field) -> "credential." + field);
    }

    /** The same with the secrets that it is saved with. */
    Registry with(RegistryCredential login, @Nullable ClientCertificate certificate, @Nullable Basic throughProxy) {
        return new Registry(this.id, this.name, this.description, this.type, this.url, this.insecure, login,
                this.settings, this.caCertificate, certificate, this.proxyUrl, throughProxy, this.maxTasks,
                this.bandwidth, this.rates, this.quarantinedUntil);
    }

    /** The same with the rates of its kind where it has none of its own. */
    Registry within(Rates published) {
        return new Registry(this.id, this.name, this.description, this.type, this.url, this.insecure, this.credential,
                this.settings, this.caCertificate, this.clientCertificate, this.proxyUrl, this.proxyLogin,
                this.maxTasks, this.bandwidth, this.rates.orElse(published), this.quarantinedUntil);
    }

}
