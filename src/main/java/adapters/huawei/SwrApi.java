package adapters.huawei;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import adapters.signed.ListedTag;
import adapters.signed.MadeOnce;
import adapters.signed.QueryEncoding;
import adapters.signed.RepositoryPath;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import oci.Artifact;
import oci.message.Body;
import oci.model.Credential;
import oci.model.CredentialSource;
import oci.model.RegistryFailure;
import oci.model.Secret;
import oci.model.StopSignal;
import oci.model.WebUrl;
import oci.remote.InTurn;
import oci.remote.JsonApi;
import oci.remote.Paging;

/**
 * The calls of Huawei's API that a registry needs (versions 2 and 3 of {@code manage}). A
 * slash in a repository's name is sent as a dollar.
 */
final class SwrApi {

    private static final JsonMapper JSON = new JsonMapper();

    /** A login may live from 15 minutes to 24 hours. */
    private static final Duration LIFE = Duration.ofHours(12);

    /** The most items of a page. */
    private static final int PAGE = 1000;

    /**
     * Some lists say by a flag that they have ended, others by a marker of 0, or none.
     */
    private static final Paging MARKERS = (first, number, page, links) -> {
        Optional<WebUrl> next = page.path("has_more").asBoolean(true) && !page.path("nextMarker").asText().equals("0")
                ? Paging.token("marker", "/nextMarker").next(first, number, page, links) : Optional.empty();
        if (next.isEmpty() && page.path("has_more").asBoolean(false)) {
            throw new RegistryFailure.Incomplete(
                    "GET %s: the list has more, but no marker to go on from".formatted(first.path()));
        }
        return next;
    };

    private final JsonApi api;

    private final String project;

    private final String host;

    /**
     * The calls for one registry.
     * @param project the project's name, often that of the region
     * @param host the registry's, by which the answer names its login
     */
    SwrApi(JsonApi api, String project, String host) {
        this.api = api;
        this.project = project;
        this.host = host;
    }

    /**
     * A login for a time. The time of its end comes in a header, so that the one that was
     * asked for is believed; a login that ends sooner is refused, and another asked for.
     */
    CredentialSource.Issued login() {
        Instant now = Instant.now();
        JsonNode logins = this.api
            .post("/v2/manage/utils/secret?"
                    + QueryEncoding.query(Map.of("projectname", this.project, "duration_seconds", LIFE.toSeconds())),
                    nothing(), this.api.closing())
            .path("auths");
        JsonNode login = logins.has(this.host) ? logins.path(this.host)
                : logins.elements().hasNext() ? logins.elements().next() : logins;
        String[] pair = decoded(login.path("auth").asText()).split(":", 2);
        if (pair.length < 2) {
            throw new RegistryFailure.Permanent("POST /v2/manage/utils/secret: the answer holds no login");
        }
        return new CredentialSource.Issued(new Credential.Basic(pair[0], new Secret(pair[1])), now.plus(LIFE));
    }

    private static String decoded(String text) {
        try {
            return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
        }
        catch (IllegalArgumentException _) {
            return "";
        }
    }

    /** The repositories of some namespaces; of all where none is named. */
    Stream<String> repositories(List<String> namespaces) {
        Stream<String> queries = namespaces.isEmpty() ? Stream.of("")
                : namespaces.stream()
                    .map((namespace) -> RepositoryPath.of(namespace + "/").namespace())
                    .distinct()
                    .map((namespace) -> "&namespace=" + QueryEncoding.encoded(namespace));
        return InTurn
            .of(queries, (query) -> items("/v3/manage/repos?limit=" + PAGE + query, "repos", this.api.closing()))
            .map((each) -> new RepositoryPath(each.path("namespace_name").asText(), each.path("name").asText())
                .toString());
    }

    Stream<Artifact> artifacts(String repository, StopSignal stop) {
        return items("/v3" + path(repository) + "/tags?limit=" + PAGE, "tags", stop)
            .map((tag) -> ListedTag.of(tag.path("tag"), tag.path("digest"), tag.path("updated")));
    }

    /** Makes a repository, and the organization that it lies in. */
    void create(String repository, boolean open, StopSignal stop) {
        RepositoryPath path = RepositoryPath.of(repository);
        String found = "/v2/manage/namespaces?"
                + QueryEncoding.query(Map.of("filter", "namespace::" + path.namespace()));
        MadeOnce.unless(
                () -> Paging.items("GET " + found, this.api.get(found, stop), "/namespaces")
                    .anyMatch((each) -> each.path("name").asText().equals(path.namespace())),
                () -> post("/v2/manage/namespaces", Map.of("namespace", path.namespace()), stop));
        MadeOnce.unless(() -> holds("/v2" + path(repository), stop),
                () -> post("/v2/manage/namespaces/" + QueryEncoding.encoded(path.namespace()) + "/repos",
                        Map.of("repository", path.name(), "category", "other", "is_public", open), stop));
    }

    private boolean holds(String path, StopSignal stop) {
        try {
            this.api.get(path, stop);
            return true;
        }
        catch (RegistryFailure.NotFound _) {
            return false;
        }
    }

    Optional<String> delete(String repository, String tag, StopSignal stop) {
        this.api.delete("/v2" + path(repository) + "/tags/" + QueryEncoding.encoded(tag), stop);
        return Optional.empty();
    }

    private static String path(String repository) {
        RepositoryPath path = RepositoryPath.of(repository);
        return "/manage/namespaces/%s/repos/%s".formatted(QueryEncoding.encoded(path.namespace()),
                QueryEncoding.encoded(path.name().replace('/', '$')));
    }

    private Stream<JsonNode> items(String path, String field, StopSignal stop) {
        return this.api.items(path, "/" + field, MARKERS, stop);
    }

    private void post(String path, Map<String, Object> body, StopSignal stop) {
        this.api.post(path, JSON.<JsonNode>valueToTree(body), stop);
    }

    private static Body.Bytes nothing() {
        return new Body.Bytes("application/json", new byte[0]);
    }

}
