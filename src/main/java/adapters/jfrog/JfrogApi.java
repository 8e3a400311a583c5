package adapters.jfrog;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import oci.Artifact;
import oci.model.Digest;
import oci.model.NameGrammar;
import oci.model.Reason;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import oci.remote.Differences;
import oci.remote.JsonApi;
import oci.remote.Paging;

/** What Drayage asks of Artifactory's REST API. */
final class JfrogApi {

    private static final String REPOSITORIES = "/artifactory/api/repositories";

    private static final Set<String> SHOWING_OTHERS = Set.of("VIRTUAL", "REMOTE");

    private final JsonApi json;

    private final JfrogSearch search;

    private final int page;

    /** The types of repositories by their keys, as they were listed last. */
    private volatile Map<String, String> types = Map.of();

    /**
     * Asks by an API.
     * @param page so many names one answer has
     */
    JfrogApi(JsonApi json, int page) {
        this.json = json;
        this.search = new JfrogSearch(json, page);
        this.page = page;
    }

    /**
     * The images of all Docker repositories, or of those that the namespaces lie in. A
     * virtual or remote repository shows what others have, so it is only listed where a
     * namespace names it.
     */
    Stream<String> repositories(List<String> namespaces) {
        Set<String> wanted = namespaces.stream().map(JfrogApi::key).collect(Collectors.toSet());
        return types(this.json.closing()).entrySet()
            .stream()
            .filter((each) -> wanted.isEmpty() ? !SHOWING_OTHERS.contains(each.getValue())
                    : wanted.contains(each.getKey()))
            .map(Map.Entry::getKey)
            .flatMap(this::images);
    }

    private Map<String, String> types(StopSignal stop) {
        Map<String, String> found = new TreeMap<>();
        items(list(this.json.get(REPOSITORIES + "?packageType=docker", stop), "")).forEach((repository) -> found
            .put(repository.path("key").asText(), repository.path("type").asText().toUpperCase(Locale.ROOT)));
        this.types = found;
        return found;
    }

    private Stream<String> images(String key) {
        return this.json
            .pages("/artifactory/api/docker/%s/v2/_catalog?n=%d".formatted(key, this.page), Paging.link(),
                    this.json.closing())
            .flatMap((page) -> items(list(page, "repositories")))
            .map((image) -> key + "/" + image.asText())
            .filter(NameGrammar::isRepository);
    }

    /**
     * The tags with what they point at, where the manifests lie in this repository;
     * without it where they lie in others.
     */
    Stream<Artifact> tags(String repository, StopSignal stop) {
        String key = key(repository);
        String type = type(key, stop);
        return (type.isEmpty() || SHOWING_OTHERS.contains(type)) ? listed(repository, stop)
                : this.search.tags(key, image(repository), stop);
    }

    /** Empty where there is no such key. */
    private String type(String key, StopSignal stop) {
        String known = this.types.get(key);
        return (known != null) ? known : types(stop).getOrDefault(key, "");
    }

    private Stream<Artifact> listed(String repository, StopSignal stop) {
        return this.json
            .pages("/artifactory/api/docker/%s/v2/%s/tags/list?n=%d".formatted(key(repository), image(repository),
                    this.page), Paging.link(), stop)
            .flatMap((page) -> items(list(page, "tags")))
            .map(JsonNode::asText)
            .filter(NameGrammar::isTag)
            .map(Artifact::tagged);
    }

    /** Creates the Artifactory repository that an image lies in, unless it exists. */
    Differences.Creation creation() {
        return new Differences.Creation() {

            @Override
            public void create(String repository, StopSignal stop) {
                JfrogApi.this.create(key(repository), stop);
            }

            @Override
            public boolean answers(RegistryFailure refusal) {
                return refusal instanceof RegistryFailure.NotFound;
            }

        };
    }

    private void create(String key, StopSignal stop) {
        if (exists(key, stop)) {
            return;
        }
        ObjectNode wanted = JsonNodeFactory.instance.objectNode()
            .put("key", key)
            .put("rclass", "local")
            .put("packageType", "docker");
        try {
            this.json.put(REPOSITORIES + "/" + key, wanted, stop);
        }
        catch (RegistryFailure.Unauthorized ex) {
            throw new RegistryFailure.Unauthorized(new Reason(String.valueOf(ex.getMessage()),
                    "only an administrator may create the repository %s, or \"create\": \"never\" leaves it to people"
                        .formatted(key)));
        }
        catch (RegistryFailure.Permanent ex) {
            // Artifactory confirms in plain text, and another node may have been faster.
            if (!exists(key, stop)) {
                throw ex;
            }
        }
    }

    private boolean exists(String key, StopSignal stop) {
        return types(stop).containsKey(key);
    }

    /**
     * Deletes the tag's folder with all that is in it. The folder of the tag {@code web}
     * of {@code app} is also that of the image {@code app/web}; where it holds manifests
     * of that image, or may hold them unseen, the tag is left.
     */
    Optional<String> delete(String repository, String tag, Digest digest, StopSignal stop) {
        String key = key(repository);
        if (SHOWING_OTHERS.contains(type(key, stop))) {
            return Optional
                .of("%s shows what lies in other repositories; the tag is to be deleted there".formatted(key));
        }
        if (this.search.holdsMore(key, image(repository), tag, stop)) {
            return Optional
                .of("the tag's folder in Artifactory is also the folder of the image %s/%s".formatted(repository, tag));
        }
        this.json.delete("/artifactory/%s/%s".formatted(repository, tag), stop);
        return Optional.empty();
    }

    private static String key(String repository) {
        return repository.substring(0, (repository + "/").indexOf('/'));
    }

    private static String image(String repository) {
        return repository.substring(Math.min(repository.length(), key(repository).length() + 1));
    }

    /** A list that is missing is no empty one. */
    static JsonNode list(JsonNode answer, String field) {
        JsonNode list = field.isEmpty() ? answer : answer.path(field);
        if (!list.isArray()) {
            throw new RegistryFailure.Incomplete("Artifactory answered without the list%s that was asked for"
                .formatted(field.isEmpty() ? "" : " \"" + field + "\""));
        }
        return list;
    }

    static Stream<JsonNode> items(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

}
