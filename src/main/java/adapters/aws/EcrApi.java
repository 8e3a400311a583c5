package adapters.aws;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import oci.model.Credential;
import oci.model.CredentialSource.Issued;
import oci.model.RegistryFailure;
import oci.model.Secret;
import oci.model.StopSignal;
import oci.remote.Paging;

/**
 * What ECR's API and ECR Public's have alike.
 *
 * @param common what each request has, such as the account
 */
record EcrApi(AwsApi api, ObjectNode common) {

    /** The most that a page may have. */
    private static final int FULL = 1_000;

    /** The password of the registry, for twelve hours. */
    Issued token(StopSignal stop) {
        JsonNode data = this.api.call("GetAuthorizationToken", AwsApi.object(), stop).path("authorizationData");
        JsonNode issued = data.isArray() ? data.path(0) : data;
        String[] login = new String(Base64.getDecoder().decode(issued.path("authorizationToken").asText("")),
                StandardCharsets.UTF_8)
            .split(":", 2);
        if (login.length < 2) {
            throw new RegistryFailure.Permanent("GetAuthorizationToken: the answer has no token");
        }
        return new Issued(new Credential.Basic(login[0], new Secret(login[1])),
                Instant.ofEpochMilli((long) (issued.path("expiresAt").asDouble() * 1000)));
    }

    /** The entries of a list, page by page as they are read. */
    Stream<JsonNode> list(String operation, ObjectNode request, String items, StopSignal stop) {
        return this.api.pages(operation, whole(request).put("maxResults", FULL), stop)
            .flatMap((page) -> Paging.items(operation, page, "/" + items));
    }

    static ObjectNode of(String repository) {
        return AwsApi.object().put("repositoryName", repository);
    }

    /** Creates a repository; one that is there is left as it is. */
    void create(ObjectNode repository, StopSignal stop) {
        try {
            this.api.call("CreateRepository", whole(repository), stop);
        }
        catch (RegistryFailure.Permanent ex) {
            if (!AwsApi.says(ex, "RepositoryAlreadyExistsException")) {
                throw ex;
            }
        }
    }

    /** Takes a tag away, and with an image's last tag the image. */
    Optional<String> delete(String repository, String tag, StopSignal stop) {
        ObjectNode request = of(repository);
        request.putArray("imageIds").addObject().put("imageTag", tag);
        JsonNode failure = this.api.call("BatchDeleteImage", whole(request), stop).path("failures").path(0);
        String code = failure.path("failureCode").asText("");
        return (code.isEmpty() || code.equals("ImageNotFound")) ? Optional.empty()
                : Optional.of("ECR leaves it: %s \"%s\"".formatted(code, failure.path("failureReason").asText("")));
    }

    private ObjectNode whole(ObjectNode request) {
        return request.setAll(this.common);
    }

}
