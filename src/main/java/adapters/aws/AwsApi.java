package adapters.aws;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import oci.limits.HostLimits;
import oci.message.Body;
import oci.model.RegistryAccess;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import oci.net.HttpSettings;
import oci.remote.ErrorCodes;
import oci.remote.JsonApi;
import org.jspecify.annotations.Nullable;

/**
 * A service of AWS that speaks AWS's JSON protocol: operations by the header
 * {@code X-Amz-Target}, errors as HTTP 400 with a code, pages by {@code nextToken}.
 *
 * @param target what stands before the operations' names
 * @param mediaType of the bodies
 */
record AwsApi(JsonApi api, String target, String mediaType) {

    private static final ErrorCodes ERRORS = new ErrorCodes(
            List.of("AccessDeniedException", "AccessDenied", "UnrecognizedClientException", "InvalidClientTokenId",
                    "ExpiredTokenException", "ExpiredToken", "InvalidSignatureException", "SignatureDoesNotMatch",
                    "MissingAuthenticationTokenException", "IncompleteSignatureException", "OptInRequired"),
            List.of("RepositoryNotFoundException"),
            List.of("ThrottlingException", "Throttling", "RequestThrottled", "TooManyRequestsException",
                    "RequestLimitExceeded"),
            List.of("ServerException", "InternalFailure", "ServiceUnavailable", "RequestTimeout"));

    /** A list that goes on for longer leads in a circle, or nowhere. */
    private static final int MOST_PAGES = 10_000;

    /**
     * Opens a connection, without any I/O.
     * @param access where the service is
     * @param service its name in signatures
     * @param version of the protocol, {@code 1.0} or {@code 1.1}
     */
    static AwsApi at(RegistryAccess access, AwsIdentity identity, String service, String region, String target,
            String version, HttpSettings settings, HostLimits limits) {
        String mediaType = "application/x-amz-json-" + version;
        return new AwsApi(JsonApi.at(access, new AwsSigner(identity, service, region, mediaType), settings, limits)
            .judgedBy(ERRORS), target, mediaType);
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    JsonNode call(String operation, ObjectNode request, StopSignal stop) {
        return this.api.named(operation)
            .with("X-Amz-Target", this.target + "." + operation)
            .post("/", new Body.Bytes(this.mediaType, request.toString().getBytes(StandardCharsets.UTF_8)), stop);
    }

    /** The pages of a list, read as they are wanted; the first at once. */
    Stream<JsonNode> pages(String operation, ObjectNode request, StopSignal stop) {
        return Stream
            .iterate(new Page(call(operation, request, stop), 1), Objects::nonNull,
                    (page) -> following(page, operation, request, stop))
            .map(Page::content);
    }

    private @Nullable Page following(Page page, String operation, ObjectNode request, StopSignal stop) {
        String token = page.token();
        if (token.isEmpty()) {
            return null;
        }
        Page next = new Page(call(operation, request.deepCopy().put("nextToken", token), stop), page.number + 1);
        if (next.number > MOST_PAGES || next.token().equals(token)) {
            throw new RegistryFailure.Incomplete(
                    "%s: the list leads in a circle, or has more than %d pages".formatted(operation, MOST_PAGES));
        }
        return next;
    }

    /** Whether a failure is of this code. */
    static boolean says(RegistryFailure failure, String code) {
        return Optional.ofNullable(failure.getMessage()).filter((text) -> text.contains(code)).isPresent();
    }

    private record Page(JsonNode content, int number) {

        String token() {
            return this.content.path("nextToken").asText("");
        }

    }

}
