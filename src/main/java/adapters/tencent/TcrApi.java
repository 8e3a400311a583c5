package adapters.tencent;

import java.time.Instant;
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
import com.fasterxml.jackson.databind.node.ObjectNode;
import oci.Artifact;
import oci.model.Credential;
import oci.model.CredentialSource;
import oci.model.Reason;
import oci.model.RegistryFailure;
import oci.model.Secret;
import oci.model.StopSignal;
import oci.remote.ErrorCodes;
import oci.remote.JsonApi;
import org.jspecify.annotations.Nullable;

/**
 * The calls of Tencent's API that a registry needs (version 2019-09-24). An answer of
 * status 200 may hold an error. What is called {@code Offset} is the number of a page,
 * but for instances.
 */
final class TcrApi {

    private static final JsonMapper JSON = new JsonMapper();

    private static final ErrorCodes ERRORS = new ErrorCodes(
            List.of("AuthFailure", "UnauthorizedOperation", "FailedOperation.ErrorTcrUnauthorized",
                    "InternalError.ErrUnauthorized", "InternalError.ErrorTcrUnauthorized"),
            List.of("ResourceNotFound.ErrNoNamespace", "ResourceNotFound.ErrNoRepo", "ResourceNotFound.ErrNoTag"),
            List.of("RequestLimitExceeded"), List.of("InternalError"));

    /** The most items of a page. */
    private static final int PAGE = 100;

    /** Any region lists the instances of all. */
    private static final String FIRST_REGION = "ap-guangzhou";

    private final JsonApi reads;

    private final JsonApi writes;

    private final String host;

    private final Instance named;

    private volatile @Nullable Instance found;

    /**
     * The calls for one registry.
     * @param writes the same API with its own limit
     * @param host the registry's, by which its instance is found
     * @param named what the registry's settings say of the instance; empty where they do
     * not
     */
    TcrApi(JsonApi reads, JsonApi writes, String host, Instance named) {
        this.reads = reads.judgedBy(ERRORS);
        this.writes = writes.judgedBy(ERRORS);
        this.host = host;
        this.named = named;
    }

    /** A login of one hour. */
    CredentialSource.Issued login() {
        JsonNode token = ask(this.reads, "CreateInstanceToken", Map.of("TokenType", "temp"), this.reads.closing());
        return new CredentialSource.Issued(
                new Credential.Basic(AnswerField.text("CreateInstanceToken", token.path("Username"), "user"),
                        new Secret(AnswerField.text("CreateInstanceToken", token.path("Token"), "token"))),
                Instant.ofEpochMilli(token.path("ExpTime").asLong()));
    }

    /** The repositories of some namespaces; of all where none is named. */
    Stream<String> repositories(List<String> namespaces) {
        if (namespaces.isEmpty()) {
            return repositories(Map.of());
        }
        return namespaces.stream()
            .map((namespace) -> RepositoryPath.of(namespace + "/").namespace())
            .distinct()
            .flatMap((namespace) -> repositories(Map.of("NamespaceName", namespace)));
    }

    private Stream<String> repositories(Map<String, Object> narrowed) {
        try {
            return list("DescribeRepositories", narrowed, "/RepositoryList", this.reads.closing())
                .map((each) -> RepositoryPath.listed(each.path("Namespace").asText(), each.path("Name").asText())
                    .toString());
        }
        catch (RegistryFailure.NotFound ex) {
            if (narrowed.isEmpty()) {
                throw ex;
            }
            // A namespace that is not there has no repositories.
            return Stream.empty();
        }
    }

    Stream<Artifact> artifacts(String repository, StopSignal stop) {
        return list("DescribeImages", path(repository), "/ImageInfoList", stop)
            .filter((image) -> !image.path("ImageVersion").asText("").isEmpty())
            .map((image) -> ListedTag.of(image.path("ImageVersion"), image.path("Digest"), image.path("UpdateTime")));
    }

    void create(String repository, boolean open, StopSignal stop) {
        RepositoryPath path = RepositoryPath.of(repository);
        Map<String, Object> namespace = Map.of("NamespaceName", path.namespace());
        MadeOnce.unless(
                () -> list("DescribeNamespaces", namespace, "/NamespaceList", stop)
                    .anyMatch((each) -> each.path("Name").asText().equals(path.namespace())),
                () -> ask(this.writes, "CreateNamespace", Map.of("NamespaceName", path.namespace(), "IsPublic", open),
                        stop));
        MadeOnce.unless(
                () -> list("DescribeRepositories", path(repository), "/RepositoryList", stop).anyMatch(
                        (each) -> RepositoryPath.listed(path.namespace(), each.path("Name").asText()).equals(path)),
                () -> ask(this.writes, "CreateRepository", path(repository), stop));
    }

    Optional<String> delete(String repository, String tag, StopSignal stop) {
        ObjectNode request = object(path(repository));
        request.putArray("Tags").add(tag);
        try {
            ask(this.writes, "DeleteRepositoryTags", request, stop);
        }
        catch (RegistryFailure.NotFound _) {
            // Somebody else has deleted it.
        }
        return Optional.empty();
    }

    private static Map<String, Object> path(String repository) {
        RepositoryPath path = RepositoryPath.of(repository);
        return Map.of("NamespaceName", path.namespace(), "RepositoryName", path.name());
    }

    private Stream<JsonNode> list(String action, Map<String, Object> narrowed, String items, StopSignal stop) {
        return NumberedList.items(action,
                (page) -> ask(this.reads, action, object(narrowed).put("Offset", page).put("Limit", PAGE), stop), items,
                "/TotalCount");
    }

    private JsonNode ask(JsonApi api, String action, Map<String, Object> request, StopSignal stop) {
        return ask(api, action, object(request), stop);
    }

    private JsonNode ask(JsonApi api, String action, ObjectNode request, StopSignal stop) {
        Instance instance = instance(stop);
        return send(api, action, instance.region, request.put("RegistryId", instance.id), stop);
    }

    private static JsonNode send(JsonApi api, String action, String region, ObjectNode request, StopSignal stop) {
        return api.named(action)
            .with("X-TC-Action", action)
            .with("X-TC-Version", "2019-09-24")
            .with("X-TC-Region", region)
            .post("/", request, stop)
            .path("Response");
    }

    /**
     * The instance behind the registry's host. It is asked for once, or now and then
     * twice by callers who come together.
     */
    private Instance instance(StopSignal stop) {
        Instance known = this.found;
        if (known == null) {
            known = this.named.whole() ? this.named : find(stop);
            this.found = known;
        }
        return known;
    }

    private Instance find(StopSignal stop) {
        for (int from = 0;; from += PAGE) {
            ObjectNode request = object(Map.of()).put("AllRegion", true).put("Offset", from).put("Limit", PAGE);
            if (!this.named.id.isEmpty()) {
                request.putArray("Registryids").add(this.named.id);
            }
            JsonNode answer = send(this.reads, "DescribeInstances", FIRST_REGION, request, stop);
            Optional<Instance> here = StreamSupport.stream(answer.path("Registries").spliterator(), false)
                .filter((each) -> this.named.id.isEmpty() ? hasHost(each)
                        : each.path("RegistryId").asText().equals(this.named.id))
                .map((each) -> new Instance(each.path("RegistryId").asText(), each.path("RegionName").asText()))
                .findFirst();
            if (here.isPresent()) {
                return here.get();
            }
            if (answer.path("Registries").isEmpty() || from + PAGE >= answer.path("TotalCount").asLong()) {
                throw new RegistryFailure.Permanent(new Reason(
                        "DescribeInstances: this account has no instance %s"
                            .formatted(this.named.id.isEmpty() ? "with the domain " + this.host : this.named.id),
                        "settings.instance names an instance by its id, such as tcr-abcd1234, for a domain of your own"),
                        null);
            }
        }
    }

    /** In a private network, the name of an instance has another ending. */
    private boolean hasHost(JsonNode instance) {
        String domain = instance.path("PublicDomain").asText();
        return domain.equalsIgnoreCase(this.host) || domain.equalsIgnoreCase(this.host.replace("-vpc.", "."));
    }

    private static ObjectNode object(Map<String, Object> fields) {
        return JSON.valueToTree(fields);
    }

    /**
     * An instance of the registry.
     *
     * @param id such as {@code tcr-abcd1234}
     * @param region such as {@code ap-guangzhou}
     */
    record Instance(String id, String region) {

        boolean whole() {
            return !this.id.isEmpty() && !this.region.isEmpty();
        }

    }

}
