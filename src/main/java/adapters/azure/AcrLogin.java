package adapters.azure;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

import oci.auth.JwtLife;
import oci.message.Body;
import oci.model.Credential;
import oci.model.CredentialSource;
import oci.model.RegistryFailure;
import oci.model.Secret;
import oci.remote.JsonApi;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges a token of Entra for the registry's refresh token, which its token service
 * takes for some three hours.
 *
 * @param api of the registry's host, asked without a login
 * @param service the registry's host
 * @param tenant empty where it is not known
 */
record AcrLogin(JsonApi api, String service, String tenant, Supplier<String> entra) implements CredentialSource {

    /** Of a refresh token that does not say when it ends. */
    private static final Duration UNTOLD = Duration.ofHours(1);

    @Override
    public Issued current(@Nullable Issued useless) {
        String form = "grant_type=access_token" + pair("service", this.service)
                + (this.tenant.isEmpty() ? "" : pair("tenant", this.tenant)) + pair("access_token", this.entra.get());
        String token = this.api
            .post("/oauth2/exchange",
                    new Body.Bytes("application/x-www-form-urlencoded", form.getBytes(StandardCharsets.US_ASCII)),
                    this.api.closing())
            .path("refresh_token")
            .asText("");
        if (token.isEmpty()) {
            throw new RegistryFailure.Permanent(
                    "log in to %s: the registry gave no refresh_token for the token of Entra".formatted(this.service));
        }
        Instant now = Instant.now();
        return new Issued(new Credential.OAuth(new Secret(token)), now.plus(JwtLife.left(token, now).orElse(UNTOLD)));
    }

    private static String pair(String name, String value) {
        return "&" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

}
