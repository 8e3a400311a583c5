package adapters.google;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.google.api.client.http.HttpResponseException;
import com.google.auth.http.HttpTransportFactory;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.ComputeEngineCredentials;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ImpersonatedCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import oci.http.SdkHttp;
import oci.model.Credential;
import oci.model.CredentialSource;
import oci.model.OutsideText;
import oci.model.Reason;
import oci.model.RegistryFailure;
import oci.model.Secret;
import org.jspecify.annotations.Nullable;
import replication.Refusal;

/**
 * Access tokens by Google's own library, as bearer tokens. Only this class and
 * {@link GoogleTransport} touch that library.
 */
final class GoogleLogin implements CredentialSource {

    private static final List<String> SCOPE = List.of("https://www.googleapis.com/auth/cloud-platform");

    /** How long a token is used that names no end. */
    private static final Duration UNTOLD = Duration.ofMinutes(5);

    private static final Duration IMPERSONATED = Duration.ofHours(1);

    private static final int MOST_WORDS = 300;

    private final Opener opener;

    private @Nullable GoogleCredentials opened;

    private GoogleLogin(Opener opener) {
        this.opener = opener;
    }

    /**
     * By a service account's key.
     * @param as the account to act as; empty for the key's own
     * @throws Refusal.Invalid where its private key cannot be read
     */
    static CredentialSource of(GoogleKey key, String field, Optional<ServiceAccount> as, SdkHttp http) {
        HttpTransportFactory transport = () -> new GoogleTransport(http);
        try {
            GoogleCredentials credentials = ServiceAccountCredentials.fromPkcs8(key.clientId(), key.email(),
                    key.privateKey().reveal(), key.id(), SCOPE, transport, key.tokens());
            return new GoogleLogin(() -> credentials).as(as, transport);
        }
        catch (IOException | IllegalArgumentException _) {
            throw new Refusal.Invalid(field, field + " has a private_key that cannot be read");
        }
    }

    /**
     * By what the operator has provided: the file that GOOGLE_APPLICATION_CREDENTIALS
     * names, else the metadata server.
     */
    static CredentialSource ambient(Map<String, String> environment, Optional<ServiceAccount> as, SdkHttp http) {
        HttpTransportFactory transport = () -> new GoogleTransport(http);
        return new GoogleLogin(() -> {
            String file = environment.getOrDefault("GOOGLE_APPLICATION_CREDENTIALS", "");
            if (file.isEmpty()) {
                return ComputeEngineCredentials.newBuilder()
                    .setHttpTransportFactory(transport)
                    .setScopes(SCOPE)
                    .build();
            }
            try (InputStream content = Files.newInputStream(Path.of(file))) {
                return GoogleCredentials.fromStream(content, transport).createScoped(SCOPE);
            }
        }).as(as, transport);
    }

    /** As another service account, for which this one may create tokens. */
    private GoogleLogin as(Optional<ServiceAccount> other, HttpTransportFactory transport) {
        return other
            .map((account) -> new GoogleLogin(() -> ImpersonatedCredentials.newBuilder()
                .setSourceCredentials(credentials())
                .setTargetPrincipal(account.email())
                .setScopes(SCOPE)
                .setLifetime((int) IMPERSONATED.toSeconds())
                .setIamEndpointOverride(account.tokens())
                .setHttpTransportFactory(transport)
                .build()))
            .orElse(this);
    }

    @Override
    public Issued current(@Nullable Issued useless) {
        try {
            AccessToken token = credentials().refreshAccessToken();
            Instant end = Optional.ofNullable(token.getExpirationTime())
                .map(Date::toInstant)
                .orElseGet(() -> Instant.now().plus(UNTOLD));
            return new Issued(new Credential.OAuth(new Secret(token.getTokenValue())), end);
        }
        catch (IOException ex) {
            throw failure(ex);
        }
        catch (IllegalArgumentException | IllegalStateException ex) {
            throw new RegistryFailure.Permanent(reason(ex), ex);
        }
    }

    private synchronized GoogleCredentials credentials() throws IOException {
        GoogleCredentials known = this.opened;
        if (known == null) {
            known = this.opener.open();
            this.opened = known;
        }
        return known;
    }

    /** Google's words name the account and the place, never a key or a token. */
    private static RegistryFailure failure(IOException ex) {
        for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
            if (cause instanceof RegistryFailure failure) {
                return failure;
            }
            if (cause instanceof HttpResponseException refused && refused.getStatusCode() < 500) {
                return new RegistryFailure.Unauthorized(reason(refused));
            }
        }
        return new RegistryFailure.Permanent(reason(ex), ex);
    }

    private static Reason reason(Exception ex) {
        return new Reason(
                "get an access token from Google: " + OutsideText.line(String.valueOf(ex.getMessage()), MOST_WORDS),
                "the key may be deleted, or the account may lack the right; without a key, a file named by GOOGLE_APPLICATION_CREDENTIALS or a metadata server is needed");
    }

    /** Makes the library's credentials when they are first needed. */
    @FunctionalInterface
    private interface Opener {

        GoogleCredentials open() throws IOException;

    }

}
