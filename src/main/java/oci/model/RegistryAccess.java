package oci.model;

import java.net.URI;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Where a registry is and how it is reached.
 *
 * @param id of a saved registry, which shares the limits of its host and account with
 * others; 0 for one that is only tried out, which has limits of its own
 * @param url its root, http or https
 * @param account tells apart, without a secret in it, whose limits it shares; empty for a
 * stranger
 * @param credentials asked before the first request, before the end of what they issued,
 * and when that is refused
 * @param insecure whether certificates go unchecked
 * @param caCertificate PEM of the authorities to trust besides the system's
 * @param proxyUrl an HTTP proxy to go through
 * @param perSecond the most requests a second that the account may send to the host, on
 * all nodes together; 0 for no limit
 */
public record RegistryAccess(long id, URI url, String account, CredentialSource credentials, boolean insecure,
        @Nullable String caCertificate, @Nullable URI proxyUrl, int perSecond) {

    /** The same with a limit of requests. */
    public RegistryAccess atMost(int requestsPerSecond) {
        return new RegistryAccess(this.id, this.url, this.account, this.credentials, this.insecure, this.caCertificate,
                this.proxyUrl, requestsPerSecond);
    }

    /**
     * The same for requests that are counted by themselves, with a limit of their own.
     */
    public RegistryAccess countedAs(String other) {
        return new RegistryAccess(this.id, this.url, other, this.credentials, this.insecure, this.caCertificate,
                this.proxyUrl, this.perSecond);
    }

    /** The same way to another host, with what is sent there. */
    public RegistryAccess at(URI other, CredentialSource with) {
        return new RegistryAccess(this.id, other, this.account, with, this.insecure, this.caCertificate, this.proxyUrl,
                0);
    }

    /** The proxy's place. */
    public Optional<RegistryAddress> proxy() {
        return Optional.ofNullable(this.proxyUrl).map(RegistryAddress::of);
    }

}
