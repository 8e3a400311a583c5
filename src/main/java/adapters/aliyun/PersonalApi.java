package adapters.aliyun;

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
import com.fasterxml.jackson.databind.json.JsonMapper;
import oci.Artifact;
import oci.model.Credential;
import oci.model.CredentialSource;
import oci.model.Digest;
import oci.model.RegistryFailure;
import oci.model.Secret;
import oci.model.StopSignal;
import oci.remote.JsonApi;

/** The personal edition's API (version 2016-06-07), which has paths. */
final class PersonalApi implements AcrApi {

    private static final JsonMapper JSON = new JsonMapper();

    private static final int MOST_NAMED = 5;

    private final JsonApi api;

    PersonalApi(JsonApi api) {
        this.api = api.judgedBy(ERRORS);
    }

    @Override
    public CredentialSource.Issued login() {
        JsonNode token = get("GetAuthorizationToken", "/tokens", this.api.closing());
        return new CredentialSource.Issued(
                new Credential.Basic(AnswerField.text("GetAuthorizationToken", token.path("tempUserName"), "user"),
                        new Secret(
                                AnswerField.text("GetAuthorizationToken", token.path("authorizationToken"), "token"))),
                Instant.ofEpochMilli(token.path("expireDate").asLong()));
    }

    @Override
    public Stream<String> repositories(List<String> namespaces) {
        if (namespaces.isEmpty()) {
            return listed("GetRepoList", "/repos");
        }
        return namespaces.stream()
            .map((namespace) -> RepositoryPath.of(namespace + "/").namespace())
            .distinct()
            .flatMap(this::within);
    }

    private Stream<String> within(String namespace) {
        try {
            return listed("GetRepoListByNamespace", "/repos/" + QueryEncoding.encoded(namespace));
        }
        catch (RegistryFailure.NotFound _) {
            // A namespace that is not there has no repositories.
            return Stream.empty();
        }
    }

    private Stream<String> listed(String action, String path) {
        return list(action, path, "/repos", this.api.closing())
            .map((each) -> new RepositoryPath(each.path("repoNamespace").asText(), each.path("repoName").asText())
                .toString());
    }

    @Override
    public Stream<Artifact> artifacts(String repository, StopSignal stop) {
        return list("GetRepoTags", path(repository) + "/tags", "/tags", stop)
            .map((each) -> ListedTag.of(each.path("tag"), each.path("digest"), each.path("imageUpdate")));
    }

    @Override
    public void create(String repository, String type, StopSignal stop) {
        RepositoryPath path = RepositoryPath.of(repository);
        MadeOnce.unless(() -> holds("GetNamespace", "/namespace/" + QueryEncoding.encoded(path.namespace()), stop),
                () -> put("CreateNamespace", "/namespace", Map.of("Namespace", Map.of("Namespace", path.namespace())),
                        stop));
        MadeOnce.unless(() -> holds("GetRepo", path(repository), stop),
                () -> put("CreateRepo", "/repos", Map.of("Repo", Map.of("RepoNamespace", path.namespace(), "RepoName",
                        path.name(), "Summary", "replicated", "Detail", "", "RepoType", type)), stop));
    }

    private boolean holds(String action, String path, StopSignal stop) {
        try {
            get(action, path, stop);
            return true;
        }
        catch (RegistryFailure.NotFound _) {
            return false;
        }
    }

    /**
     * This edition deletes images. A tag goes only where the list says that it has this
     * image and that each other tag has another one.
     */
    @Override
    public Optional<String> delete(String repository, String tag, Digest digest, StopSignal stop) {
        Map<Boolean, List<Artifact>> listed = artifacts(repository, stop)
            .filter((each) -> each.tag().equals(tag) || !isAnother(each.digest(), digest))
            .collect(Collectors.partitioningBy((each) -> each.tag().equals(tag)));
        Predicate<Artifact> same = (each) -> each.digest().equals(digest.toString());
        List<Artifact> own = listed.getOrDefault(true, List.of());
        if (own.isEmpty() || !own.stream().allMatch(same)) {
            return Optional.of("the personal edition deletes images and not tags, and its list does not say that "
                    + "this tag has the image " + digest);
        }
        List<Artifact> others = listed.getOrDefault(false, List.of());
        if (!others.isEmpty()) {
            return Optional.of("the personal edition deletes images and not tags, and this one %s the tags %s as well"
                .formatted(others.stream().allMatch(same) ? "has" : "may have",
                        others.stream()
                            .map(Artifact::tag)
                            .limit(MOST_NAMED)
                            .sorted()
                            .collect(Collectors.joining(", "))));
        }
        try {
            at("DeleteImage").delete(path(repository) + "/tags/" + QueryEncoding.encoded(tag), stop);
        }
        catch (RegistryFailure.NotFound _) {
            // Somebody else has deleted it.
        }
        return Optional.empty();
    }

    /** What is no digest, or one of another algorithm, may be of the same image. */
    private static boolean isAnother(String listed, Digest digest) {
        return Digest.read(listed)
            .filter((other) -> other.algorithm().equals(digest.algorithm()) && !other.equals(digest))
            .isPresent();
    }

    private static String path(String repository) {
        RepositoryPath path = RepositoryPath.of(repository);
        return "/repos/" + QueryEncoding.encoded(path.namespace()) + "/" + QueryEncoding.encoded(path.name());
    }

    private Stream<JsonNode> list(String action, String path, String items, StopSignal stop) {
        return NumberedList.items(action,
                (page) -> get(action, path + "?" + QueryEncoding.query(AcrApi.page("Page", page, Map.of())), stop),
                items, "/total");
    }

    private JsonNode get(String action, String path, StopSignal stop) {
        return at(action).get(path, stop).path("data");
    }

    private void put(String action, String path, Map<String, Object> body, StopSignal stop) {
        at(action).put(path, JSON.valueToTree(body), stop);
    }

    private JsonApi at(String action) {
        return this.api.named(action).with("x-acs-action", action).with("x-acs-version", "2016-06-07");
    }

}
