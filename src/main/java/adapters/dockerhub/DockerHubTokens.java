package adapters.dockerhub;

import java.time.Duration;
import java.time.Instant;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import oci.auth.JwtLife;
import oci.model.Credential;
import oci.model.CredentialSource;
import oci.model.RegistryFailure;
import oci.model.Secret;
import oci.remote.JsonApi;
import org.jspecify.annotations.Nullable;
import replication.registry.RegistryCredential;

/**
 * The tokens of Docker Hub's API, which it gives for a password, a personal access token
 * or an organization access token. The registry has a token service of its own.
 */
record DockerHubTokens(JsonApi door, RegistryCredential credential) implements CredentialSource {

    /** Of a token that does not name its end. */
    private static final Duration LIFE = Duration.ofMinutes(1);

    @Override
    public Issued current(@Nullable Issued useless) {
        String token = this.door
            .post("/v2/auth/token",
                    JsonNodeFactory.instance.objectNode()
                        .put("identifier", this.credential.value("access_key"))
                        .put("secret", this.credential.secret("access_secret").reveal()),
                    this.door.closing())
            .path("access_token")
            .asText("");
        if (token.isEmpty()) {
            throw new RegistryFailure.Permanent("log in to Docker Hub's API: the answer has no access_token");
        }
        Instant now = Instant.now();
        return new Issued(new Credential.OAuth(new Secret(token)), now.plus(JwtLife.left(token, now).orElse(LIFE)));
    }

}
