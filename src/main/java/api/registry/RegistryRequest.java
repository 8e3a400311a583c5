package api.registry;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Locale;

import api.Bounded;
import api.Parameters;
import api.Required;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.google.re2j.Pattern;
import oci.model.Credential;
import oci.model.Secret;
import oci.model.WebUrl;
import org.jspecify.annotations.Nullable;
import replication.Refusal;
import replication.bandwidth.Bandwidth;
import replication.policy.Scheduling;
import replication.registry.Registry;
import replication.registry.RegistryEditor.Insistence;

/**
 * A registry as a client writes it. What only the service may say ({@code id},
 * {@code status} …) is passed over, so that what was read can be written back.
 *
 * @param bandwidth what is read from it and written to it, on all nodes together
 * @param force saves it although it does not answer now
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonIgnoreProperties({ "id", "status", "status_text", "status_time", "capabilities" })
public record RegistryRequest(@Nullable String name, @Nullable String description, @Nullable String registryType,
        @Nullable String url, @Nullable Boolean insecure, @Nullable CredentialRequest credential,
        @Nullable String caCertificate, @Nullable String proxyUrl, @Nullable Integer maxTasks,
        @Nullable Bandwidth bandwidth, @Nullable Boolean force) {

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._:/-]{0,254}");

    Insistence insistence() {
        return Boolean.TRUE.equals(this.force) ? Insistence.FORCE : Insistence.NONE;
    }

    public Registry toRegistry(long id) {
        return new Registry(id, name("name", this.name),
                Bounded.text("description", this.description, Bounded.DESCRIPTION),
                Required.text("registry_type", this.registryType, Bounded.ACCOUNT), address(),
                Boolean.TRUE.equals(this.insecure),
                (this.credential != null) ? this.credential.toCredential() : new Credential.None(), certificate(),
                proxy(), Parameters.within("max_tasks", this.maxTasks, 0, Scheduling.MOST_TASKS),
                (this.bandwidth != null) ? this.bandwidth : Bandwidth.UNLIMITED);
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
            throw new Refusal.Invalid("url", "the URL must hold no user or password; they belong into credential");
        }
        return uri;
    }

    private @Nullable URI proxy() {
        if (this.proxyUrl == null || this.proxyUrl.isEmpty()) {
            return null;
        }
        URI uri = uri("proxy_url", Bounded.text("proxy_url", this.proxyUrl, Bounded.URL));
        if (!"http".equalsIgnoreCase(uri.getScheme())) {
            throw new Refusal.Invalid("proxy_url", "a proxy is given as http://host:port");
        }
        return uri;
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

    /** A credential as a client writes it. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record CredentialRequest(@Nullable String type, @Nullable String accessKey, @Nullable String accessSecret) {

        Credential toCredential() {
            String given = Bounded.text("credential.type", this.type, Bounded.ACCOUNT);
            String secret = Bounded.text("credential.access_secret", this.accessSecret, Bounded.SECRET);
            return switch (given) {
                case "", "none" -> new Credential.None();
                case "basic" -> new Credential.Basic(
                        Required.text("credential.access_key", this.accessKey, Bounded.ACCOUNT), new Secret(secret));
                case "oauth" -> new Credential.OAuth(new Secret(secret));
                default -> throw new Refusal.Invalid("credential.type",
                        "a credential's type is none, basic or oauth, not \"" + given + "\"");
            };
        }

        @Override
        public String toString() {
            return "CredentialRequest[type=" + this.type + "]";
        }

    }

}
