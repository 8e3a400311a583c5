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
 * @param clientCertificate shown to the URL's host and to no other
 * @param proxyUrl a proxy to go through: {@code http://host:port} or
 * {@code socks5://host:port}
 * @param proxyLogin what the proxy is shown; null where it asks for none
 * @param rates the most requests a second that the account may send to the host, on all
 * nodes together
 */
public record RegistryAccess(long id, URI url, String account, CredentialSource credentials, boolean insecure,
        @Nullable String caCertificate, @Nullable ClientCertificate clientCertificate, @Nullable URI proxyUrl,
        Credential.@Nullable Basic proxyLogin, Rates rates) {

    /** One without a client certificate and without a login of the proxy. */
    public RegistryAccess(long id, URI url, String account, CredentialSource credentials, boolean insecure,
            @Nullable String caCertificate, @Nullable URI proxyUrl, int perSecond) {
        this(id, url, account, credentials, insecure, caCertificate, null, proxyUrl, null,
                (perSecond > 0) ? Rates.NONE.with(Rates.Kind.ALL, perSecond) : Rates.NONE);
    }

    /** The same with a limit of requests. */
    public RegistryAccess atMost(int requestsPerSecond) {
        return within(this.rates.with(Rates.Kind.ALL, requestsPerSecond));
    }

    /** The same within other rates. */
    public RegistryAccess within(Rates others) {
        return new RegistryAccess(this.id, this.url, this.account, this.credentials, this.insecure, this.caCertificate,
                this.clientCertificate, this.proxyUrl, this.proxyLogin, others);
    }

    /**
     * The same for requests that are counted by themselves, with a limit of their own.
     */
    public RegistryAccess countedAs(String other) {
        return new RegistryAccess(this.id, this.url, other, this.credentials, this.insecure, this.caCertificate,
                this.clientCertificate, this.proxyUrl, this.proxyLogin, this.rates);
    }

    /**
     * The same way to another URL, with what is sent there. Another host than this one
     * has no limits of requests yet, and is shown the client certificate as well, because
     * the registry's adapter names it.
     */
    public RegistryAccess at(URI other, CredentialSource with) {
        return new RegistryAccess(this.id, other, this.account, with, this.insecure, this.caCertificate,
                this.clientCertificate, this.proxyUrl, this.proxyLogin,
                RegistryAddress.sameServer(this.url, other) ? this.rates : Rates.NONE);
    }

    /** The proxy's place. */
    public Optional<RegistryAddress> proxy() {
        return Optional.ofNullable(this.proxyUrl).map(RegistryAddress::of);
    }

}
