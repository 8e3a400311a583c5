package adapters.aliyun;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import adapters.signed.AnswerField;
import adapters.signed.ListedTag;
import adapters.signed.MadeOnce;
import adapters.signed.NumberedList;
import adapters.signed.QueryEncoding;
import adapters.signed.RepositoryPath;
import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import oci.Artifact;
import oci.message.Body;
import oci.model.Credential;
import oci.model.CredentialSource;
import oci.model.Digest;
import oci.model.Reason;
import oci.model.RegistryFailure;
import oci.model.Secret;
import oci.model.StopSignal;
import oci.remote.JsonApi;
import org.jspecify.annotations.Nullable;

/**
 * The enterprise edition's API (version 2018-12-01), whose parameters are all a query.
 */
final class EnterpriseApi implements AcrApi {

    private static final int MOST_IDS = 10_000;

    private final JsonApi api;

    private final String given;

    private final String name;

    private volatile @Nullable String found;

    /** The ids of repositories, which listings and deletions want. */
    private final Cache<String, String> ids = Caffeine.newBuilder()
        .maximumSize(MOST_IDS)
        .expireAfterWrite(Duration.ofHours(1))
        .build();

    /**
     * The calls for one instance.
     * @param given its id; empty where it is to be found
     * @param name its name, by which it is found
     */
    EnterpriseApi(JsonApi api, String given, String name) {
        this.api = api.judgedBy(ERRORS);
        this.given = given;
        this.name = name;
    }

    @Override
    public CredentialSource.Issued login() {
        JsonNode token = ask("GetAuthorizationToken", Map.of(), this.api.closing());
        return new CredentialSource.Issued(
                new Credential.Basic(AnswerField.text("GetAuthorizationToken", token.path("TempUsername"), "user"),
                        new Secret(
                                AnswerField.text("GetAuthorizationToken", token.path("AuthorizationToken"), "token"))),
                Instant.ofEpochMilli(token.path("ExpireTime").asLong()));
    }

    @Override
    public Stream<String> repositories(List<String> namespaces) {
        Stream<Map<String, Object>> narrowed = namespaces.isEmpty() ? Stream.of(Map.of())
                : namespaces.stream()
                    .map((namespace) -> RepositoryPath.of(namespace + "/").namespace())
                    .distinct()
                    .map((namespace) -> Map.of("RepoNamespaceName", namespace));
        return narrowed.flatMap(this::listed);
    }

    private Stream<String> listed(Map<String, Object> narrowed) {
        try {
            return list("ListRepository", narrowed, "/Repositories", this.api.closing()).map((each) -> {
                String path = new RepositoryPath(each.path("RepoNamespaceName").asText(),
                        each.path("RepoName").asText())
                    .toString();
                String id = each.path("RepoId").asText("");
                if (!id.isBlank()) {
                    this.ids.put(path, id);
                }
                return path;
            });
        }
        catch (RegistryFailure.NotFound ex) {
            if (narrowed.isEmpty()) {
                throw ex;
            }
            // A namespace that is not there has no repositories.
            return Stream.empty();
        }
    }

    @Override
    public Stream<Artifact> artifacts(String repository, StopSignal stop) {
        try {
            return list("ListRepoTag", Map.of("RepoId", id(repository, stop)), "/Images", stop)
                .map((each) -> ListedTag.of(each.path("Tag"), each.path("Digest"), each.path("ImageUpdate")));
        }
        catch (RegistryFailure.NotFound ex) {
            // The repository may have been deleted, or made anew with another id.
            this.ids.invalidate(repository);
            throw ex;
        }
    }

    @Override
    public void create(String repository, String type, StopSignal stop) {
        RepositoryPath path = RepositoryPath.of(repository);
        MadeOnce.unless(
                () -> list("ListNamespace", Map.of("NamespaceName", path.namespace()), "/Namespaces", stop)
                    .anyMatch((each) -> each.path("NamespaceName").asText().equals(path.namespace())),
                () -> ask("CreateNamespace",
                        Map.of("NamespaceName", path.namespace(), "AutoCreateRepo", false, "DefaultRepoType", type),
                        stop));
        MadeOnce.unless(() -> holds(path, stop), () -> ask("CreateRepository", Map.of("RepoNamespaceName",
                path.namespace(), "RepoName", path.name(), "RepoType", type, "Summary", "replicated"), stop));
    }

    private boolean holds(RepositoryPath path, StopSignal stop) {
        try {
            ask("GetRepository", Map.of("RepoNamespaceName", path.namespace(), "RepoName", path.name()), stop);
            return true;
        }
        catch (RegistryFailure.NotFound _) {
            return false;
        }
    }

    @Override
    public Optional<String> delete(String repository, String tag, Digest digest, StopSignal stop) {
        ask("DeleteRepoTag", Map.of("RepoId", id(repository, stop), "Tag", tag), stop);
        return Optional.empty();
    }

    private String id(String repository, StopSignal stop) {
        String known = this.ids.getIfPresent(repository);
        if (known == null) {
            RepositoryPath path = RepositoryPath.of(repository);
            known = AnswerField.text("GetRepository",
                    ask("GetRepository", Map.of("RepoNamespaceName", path.namespace(), "RepoName", path.name()), stop)
                        .path("RepoId"),
                    "RepoId");
            this.ids.put(repository, known);
        }
        return known;
    }

    private Stream<JsonNode> list(String action, Map<String, Object> narrowed, String items, StopSignal stop) {
        return NumberedList.items(action, (page) -> ask(action, AcrApi.page("PageNo", page, narrowed), stop), items,
                "/TotalCount");
    }

    private JsonNode ask(String action, Map<String, Object> parameters, StopSignal stop) {
        String instance = instance(stop);
        return send(action,
                Stream.of(QueryEncoding.query(Map.of("InstanceId", instance)), QueryEncoding.query(parameters))
                    .filter((part) -> !part.isEmpty())
                    .collect(Collectors.joining("&")),
                stop);
    }

    private JsonNode send(String action, String query, StopSignal stop) {
        return this.api.named(action)
            .with("x-acs-action", action)
            .with("x-acs-version", "2018-12-01")
            .post("/?" + query, new Body.Bytes("", new byte[0]), stop);
    }

    /** It is asked for once, or now and then twice by callers who come together. */
    private String instance(StopSignal stop) {
        String known = this.found;
        if (known == null) {
            known = this.given.isEmpty() ? find(stop) : this.given;
            this.found = known;
        }
        return known;
    }

    private String find(StopSignal stop) {
        Predicate<JsonNode> here = (each) -> each.path("InstanceName").asText().equalsIgnoreCase(this.name);
        return NumberedList
            .items("ListInstance",
                    (page) -> send("ListInstance", QueryEncoding.query(AcrApi.page("PageNo", page, Map.of())), stop),
                    "/Instances", "/TotalCount")
            .filter(here)
            .map((each) -> each.path("InstanceId").asText())
            .findFirst()
            .orElseThrow(() -> new RegistryFailure.Permanent(
                    new Reason("ListInstance: this account has no instance %s in this region".formatted(this.name),
                            "settings.instance names an instance by its id, such as cri-abcd1234"),
                    null));
    }

}
