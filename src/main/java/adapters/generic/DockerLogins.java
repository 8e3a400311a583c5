package adapters.generic;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

import oci.logins.DockerConfig;
import oci.model.Credential;
import oci.model.CredentialSource;
import oci.model.CredentialSource.Issued;
import oci.model.Reason;
import oci.model.RegistryFailure;
import oci.model.WebUrl;
import replication.registry.CredentialKind;

/**
 * The logins of the machine, in a file of {@code docker login}, and in credential helpers
 * that it names. The operator names the file and the helpers, and no registry does.
 *
 * @param helpers those that may be run, such as {@code ecr-login}
 * @param environment what helpers are run with
 */
public record DockerLogins(Path file, Set<String> helpers, Map<String, String> environment) {

    static final CredentialKind KIND = CredentialKind.ambient("docker-config", "Login of the machine (docker login)");

    /**
     * The login of one registry. The file is read, and its helper run, at first and after
     * each refusal.
     */
    CredentialSource of(URI registry) {
        return (_) -> new Issued(login(WebUrl.of(registry).authority()), Instant.MAX);
    }

    private Credential login(String registry) {
        return DockerConfig.read(this.file, this.environment, this.helpers::contains)
            .of(registry, "")
            .orElseThrow(() -> new RegistryFailure.Unauthorized(
                    new Reason("get the login of %s: this machine has none".formatted(registry),
                            "docker login makes one in the file that DRAYAGE_DOCKER_CONFIG names")));
    }

}
