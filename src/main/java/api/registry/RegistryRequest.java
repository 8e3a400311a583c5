package api.registry;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import api.Bounded;
import api.Parameters;
import api.Required;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.google.re2j.Pattern;
import oci.model.ClientCertificate;
import oci.model.Credential;
import oci.model.OutsideText;
import oci.model.Rates;
import oci.model.Secret;
import oci.model.WebUrl;
import org.jspecify.annotations.Nullable;
import replication.Refusal;
import replication.bandwidth.Bandwidth;
import replication.policy.Scheduling;
import replication.registry.AdapterInfo;
import replication.registry.Adapters;
import replication.registry.Faults;
import replication.registry.Registry;
import replication.registry.RegistryCredential;
import replication.registry.RegistryEditor.Insistence;

/**
 * A registry as a client writes it. Fields that only the service sets ({@code id}, {@code
 * status} …) are ignored, so that an answer can be sent back.
 *
 * @param clientCertificate PEM of the certificate that the registry's host is shown, with
 * its chain; without it the saved one stays, and an empty one takes it away
 * @param clientKey PEM of its key, as PKCS #8 without a passphrase; without it the saved
 * one stays
 * @param proxyUrl {@code http://host:port} or {@code socks5://host:port}
 * @param proxyUser the proxy's login
 * @param proxyPassword its password; without it the saved one stays
 * @param requestsPerSecond how many requests the registry may be sent on all nodes
 * together, by {@code all}, {@code read}, {@code write}, {@code manifest_put}, {@code
 * list} and {@code delete}; 0 for any number; what is left out is as the adapter has it
 * @param bandwidth the limit of the registry's traffic, on all nodes together
 * @param force saves the registry even if it does not answer
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonIgnoreProperties({ "id", "status", "status_text", "hint", "status_time", "capabilities",
        "client_certificate_subject", "client_certificate_end" })
public record RegistryRequest(@Nullable String name, @Nullable String description, @Nullable String registryType,
        @Nullable String url, @Nullable Boolean insecure, @Nullable CredentialRequest credential,
        @Nullable Map<String, @Nullable Object> settings, @Nullable String caCertificate,
        @Nullable String clientCertificate, @Nullable String clientKey, @Nullable String proxyUrl,
        @Nullable String proxyUser, @Nullable String proxyPassword, @Nullable Integer maxTasks,
        @Nullable Map<String, @Nullable Integer> requestsPerSecond, @Nullable Bandwidth bandwidth,
        @Nullable Boolean force) {

    private static final Set<String> PROXIES = Set.of("http", "socks5");

    private static final int MOST_A_SECOND = 1_000_000;

    private static final int MOST_SHOWN = 100;

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._:/-]{0,254}");

    Insistence insistence() {
        return Boolean.TRUE.equals(this.force) ? Insistence.FORCE : Insistence.NONE;
    }

    /**
     * Reads the registry with the credential and settings that its adapter declares.
     * @throws Refusal.Invalid if something is wrong
     */
    public Registry toRegistry(long id, Adapters adapters) {
        String givenName = name("name", this.name);
        String text = Bounded.text("description", this.description, Bounded.DESCRIPTION);
        String type = Required.text("registry_type", this.registryType, Bounded.ACCOUNT);
        URI address = address();
        AdapterInfo adapter = adapters.of(type).info();
        Faults faults = new Faults();
        adapter.checkUrl(address, faults);
        CredentialRequest login = (this.credential != null) ? this.credential : new CredentialRequest();
        Registry registry = new Registry(id, givenName, text, type, address, Boolean.TRUE.equals(this.insecure),
                login.toCredential(adapter, faults),
                adapter.settings((this.settings != null) ? this.settings : Map.of(), faults), certificate(),
                clientCertificate(id), proxy(), proxyLogin(faults),
                Parameters.within("max_tasks", this.maxTasks, 0, Scheduling.MOST_TASKS),
                (this.bandwidth != null) ? this.bandwidth : Bandwidth.UNLIMITED, rates(faults), null);
        faults.refuse();
        return registry;
    }

    public static String name(String field, @Nullable String name) {
        String given = Required.text(field, name, Bounded.NAME);
        if (!NAME.matcher(given).matches()) {
            throw new Refusal.Invalid(field, "a name has up to 255 letters, digits, blanks and . _ : / -, "
                    + "and begins with a letter or digit");
        }
        return given;
    }

    private URI address() {
        URI uri = uri("url", Required.text("url", this.url, Bounded.URL));
        if (uri.getRawUserInfo() != null) {
            throw new Refusal.Invalid("url", "the URL must hold no user or password; they belong in credential");
        }
        return uri;
    }

    private @Nullable URI proxy() {
        if (this.proxyUrl == null || this.proxyUrl.isEmpty()) {
            return null;
        }
        URI uri = uri("proxy_url", Bounded.text("proxy_url", this.proxyUrl, Bounded.URL));
        if (uri.getRawUserInfo() != null) {
            throw new Refusal.Invalid("proxy_url",
                    "the URL must hold no user or password; proxy_user and proxy_password are the proxy's login");
        }
        if (!PROXIES.contains(uri.getScheme().toLowerCase(Locale.ROOT)) || uri.getHost() == null) {
            throw new Refusal.Invalid("proxy_url", "a proxy is given as http://host:port or socks5://host:port");
        }
        return uri;
    }

    private Credential.@Nullable Basic proxyLogin(Faults faults) {
        String user = Bounded.text("proxy_user", this.proxyUser, Bounded.ACCOUNT);
        String password = Bounded.text("proxy_password", this.proxyPassword, Bounded.SECRET);
        if (user.isEmpty()) {
            if (!password.isEmpty()) {
                faults.missing("proxy_user");
            }
            return null;
        }
        if (this.proxyUrl == null || this.proxyUrl.isEmpty()) {
            faults.add("proxy_user", "proxy_user is the login of a proxy, but proxy_url is missing");
        }
        return new Credential.Basic(user, new Secret(password));
    }

    /** Null for none; one that is not given stands for the saved one, if there may be. */
    private @Nullable ClientCertificate clientCertificate(long id) {
        String chain = Bounded.text("client_certificate", this.clientCertificate, Bounded.CERTIFICATES);
        String key = Bounded.text("client_key", this.clientKey, Bounded.CERTIFICATES);
        if (chain.isBlank() && key.isBlank()) {
            return (id > 0 && this.clientCertificate == null) ? ClientCertificate.SAVED : null;
        }
        return new ClientCertificate(chain.isBlank() ? "" : chain, new Secret(key.isBlank() ? "" : key));
    }

    private Rates rates(Faults faults) {
        Map<Rates.Kind, Integer> rates = new EnumMap<>(Rates.Kind.class);
        Map<String, @Nullable Integer> given = (this.requestsPerSecond != null) ? this.requestsPerSecond : Map.of();
        given.forEach((name, rate) -> {
            String field = "requests_per_second." + OutsideText.line(name, MOST_SHOWN);
            Optional<Rates.Kind> kind = Stream.of(Rates.Kind.values())
                .filter((each) -> each.id().equals(name))
                .findFirst();
            if (kind.isEmpty()) {
                faults.add(field, "there is no such kind of requests; there is "
                        + Stream.of(Rates.Kind.values()).map(Rates.Kind::id).collect(Collectors.joining(", ")));
            }
            else if (rate != null && (rate < 0 || rate > MOST_A_SECOND)) {
                faults.add(field, "it is a number from 0 to " + MOST_A_SECOND);
            }
            else if (rate != null) {
                rates.put(kind.get(), rate);
            }
        });
        return new Rates(rates);
    }

    private static URI uri(String field, String text) {
        try {
            URI uri = new URI(text);
            if (uri.getScheme() == null) {
                throw new Refusal.Invalid(field, "the URL has no scheme such as https://");
            }
            if (uri.getScheme().toLowerCase(Locale.ROOT).startsWith("http")) {
                WebUrl.parse(text);
            }
            return uri;
        }
        catch (WebUrl.Malformed ex) {
            throw new Refusal.Invalid(field, "the URL " + ex.getMessage());
        }
        catch (URISyntaxException ex) {
            throw new Refusal.Invalid(field, "not a URL: " + ex.getReason() + " at character " + (ex.getIndex() + 1));
        }
    }

    private @Nullable String certificate() {
        if (this.caCertificate == null || this.caCertificate.isBlank()) {
            return null;
        }
        try {
            byte[] pem = Bounded.text("ca_certificate", this.caCertificate, Bounded.CERTIFICATES)
                .getBytes(StandardCharsets.US_ASCII);
            if (CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem)).isEmpty()) {
                throw new Refusal.Invalid("ca_certificate", "there is no certificate in it");
            }
            return this.caCertificate;
        }
        catch (CertificateException _) {
            throw new Refusal.Invalid("ca_certificate", "not a certificate in PEM form");
        }
    }

    /**
     * A credential as a client writes it: its type, by default {@code none}, and the
     * fields that its adapter declares for that type. It is no record, because the
     * OpenAPI document would show the map.
     */
    static final class CredentialRequest {

        @JsonProperty("type")
        private @Nullable String type;

        @JsonProperty("access_key")
        private @Nullable String accessKey;

        @JsonProperty("access_secret")
        private @Nullable String accessSecret;

        @JsonAnySetter
        private final Map<String, @Nullable Object> others = new HashMap<>();

        RegistryCredential toCredential(AdapterInfo adapter, Faults faults) {
            Map<String, @Nullable Object> fields = new HashMap<>(this.others);
            fields.put("access_key", this.accessKey);
            fields.put("access_secret", this.accessSecret);
            String given = Bounded.text("credential.type", this.type, Bounded.ACCOUNT);
            return adapter.credential(given.isEmpty() ? RegistryCredential.NONE.type() : given, fields, faults);
        }

    }

}
