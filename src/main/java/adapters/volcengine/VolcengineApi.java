package adapters.volcengine;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import adapters.signed.AnswerField;
import adapters.signed.ListedTag;
import adapters.signed.MadeOnce;
import adapters.signed.NumberedList;
import adapters.signed.RepositoryPath;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import oci.Artifact;
import oci.model.Credential;
import oci.model.CredentialSource;
import oci.model.OutsideText;
import oci.model.RegistryFailure;
import oci.model.Secret;
import oci.model.StopSignal;
import oci.remote.ErrorCodes;
import oci.remote.JsonApi;

/** The calls of Volcengine's API that a registry needs (version 2022-05-12). */
final class VolcengineApi {

    private static final JsonMapper JSON = new JsonMapper();

    private static final ErrorCodes ERRORS = new ErrorCodes(
            List.of("AccessDenied", "InvalidAccessKey", "InvalidAccessKeyId", "SignatureDoesNotMatch",
                    "SignatureNotMatch"),
            List.of("NotFound"), List.of("Throttling", "FlowLimitExceeded", "AccountFlowLimitExceeded"),
            List.of("InternalError", "InternalServiceError", "ServiceUnavailable", "ServiceUnavailableTemp"));

    /** The most items of a page. */
    private static final int PAGE = 100;

    private static final int MOST_WORDS = 200;

    private final JsonApi api;

    private final String instance;

    /**
     * The calls for one instance.
     * @param instance its name
     */
    VolcengineApi(JsonApi api, String instance) {
        this.api = api.judgedBy(ERRORS);
        this.instance = instance;
    }

    /** A login for as long as Volcengine says. */
    CredentialSource.Issued login() {
        JsonNode token = ask("GetAuthorizationToken", Map.of(), this.api.closing());
        return new CredentialSource.Issued(
                new Credential.Basic(AnswerField.text("GetAuthorizationToken", token.path("Username"), "user"),
                        new Secret(AnswerField.text("GetAuthorizationToken", token.path("Token"), "token"))),
                time(token.path("ExpireTime").asText()));
    }

    private static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        }
        catch (DateTimeException _) {
            throw new RegistryFailure.Permanent("GetAuthorizationToken: the answer has no time of expiry, but \"%s\""
                .formatted(OutsideText.line(text, MOST_WORDS)));
        }
    }

    /** The repositories of some namespaces; of all where none is named. */
    Stream<String> repositories(List<String> namespaces) {
        List<String> first = namespaces.stream()
            .map((namespace) -> RepositoryPath.of(namespace + "/").namespace())
            .distinct()
            .toList();
        return list("ListRepositories", first.isEmpty() ? Map.of() : Map.of("Filter", Map.of("Namespaces", first)),
                this.api.closing())
            .map((each) -> RepositoryPath.listed(each.path("Namespace").asText(), each.path("Name").asText())
                .toString());
    }

    Stream<Artifact> artifacts(String repository, StopSignal stop) {
        return list("ListTags", path(repository), stop)
            .map((tag) -> ListedTag.of(tag.path("Name"), tag.path("Digest"), tag.path("PushTime")));
    }

    /**
     * Makes a repository, and its namespace.
     * @param visibility {@code private}, {@code public} or {@code keep}
     */
    void create(String repository, String visibility, StopSignal stop) {
        RepositoryPath path = RepositoryPath.of(repository);
        Map<String, Object> namespace = Map.of("Name", path.namespace());
        Map<String, Object> wanted = new HashMap<>(Map.of("Namespace", path.namespace(), "Name", path.name()));
        if (!visibility.equals("keep")) {
            wanted.put("AccessLevel", visibility.equals("public") ? "Public" : "Private");
        }
        MadeOnce.unless(
                () -> list("ListNamespaces", Map.of("Filter", Map.of("Names", List.of(path.namespace()))), stop)
                    .anyMatch((each) -> each.path("Name").asText().equals(path.namespace())),
                () -> ask("CreateNamespace", namespace, stop));
        MadeOnce.unless(
                () -> list("ListRepositories",
                        Map.of("Filter",
                                Map.of("Namespaces", List.of(path.namespace()), "Names", List.of(path.name()))),
                        stop)
                    .anyMatch((each) -> each.path("Name").asText().equals(path.name())),
                () -> ask("CreateRepository", wanted, stop));
    }

    /** Answers success also for a tag that it has not deleted, and says so. */
    Optional<String> delete(String repository, String tag, StopSignal stop) {
        Map<String, Object> request = new HashMap<>(path(repository));
        request.put("Names", List.of(tag));
        try {
            return StreamSupport.stream(ask("DeleteTags", request, stop).path("Failures").spliterator(), false)
                .map((failure) -> failure.path("Reason").asText(""))
                .filter((reason) -> !reason.contains("not exist"))
                .map((reason) -> "DeleteTags: " + (reason.isBlank() ? "the tag is left, and the answer says not why"
                        : OutsideText.line(reason, MOST_WORDS)))
                .findFirst();
        }
        catch (RegistryFailure.NotFound _) {
            // Somebody else has deleted it.
            return Optional.empty();
        }
    }

    private static Map<String, Object> path(String repository) {
        RepositoryPath path = RepositoryPath.of(repository);
        return Map.of("Namespace", path.namespace(), "Repository", path.name());
    }

    private Stream<JsonNode> list(String action, Map<String, Object> narrowed, StopSignal stop) {
        return NumberedList.items(action, (page) -> {
            Map<String, Object> request = new HashMap<>(narrowed);
            request.put("PageNumber", page);
            request.put("PageSize", PAGE);
            return ask(action, request, stop);
        }, "/Items", "/TotalCount");
    }

    private JsonNode ask(String action, Map<String, Object> request, StopSignal stop) {
        Map<String, Object> all = new HashMap<>(request);
        all.put("Registry", this.instance);
        return this.api.named(action)
            .post("/?Action=" + action + "&Version=2022-05-12", JSON.valueToTree(all), stop)
            .path("Result");
    }

}
