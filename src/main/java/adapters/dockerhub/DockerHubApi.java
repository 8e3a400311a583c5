package adapters.dockerhub;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import oci.Artifact;
import oci.model.Digest;
import oci.model.Reason;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import oci.remote.InTurn;
import oci.remote.JsonApi;
import oci.remote.Paging;
import org.jspecify.annotations.Nullable;

/**
 * The API of hub.docker.com (docs.docker.com, Docker Hub API).
 *
 * @param account the user or organization that is logged in; empty for a stranger
 */
record DockerHubApi(JsonApi json, String account) {

    /** The most that a page may hold. */
    private static final String FULL = "?page_size=100";

    /** There is no catalog: a namespace is listed by its name. */
    Stream<String> repositories(List<String> namespaces) {
        List<String> named = namespaces.isEmpty() ? Stream.of(this.account).filter((own) -> !own.isEmpty()).toList()
                : namespaces.stream().map(DockerHubApi::first).distinct().toList();
        if (named.isEmpty()) {
            throw new RegistryFailure.Permanent(new Reason("Docker Hub has no catalog for those who are not logged in",
                    "name the namespaces (src_namespaces) or the repositories (a name filter)"), null);
        }
        return InTurn
            .of(named.stream(),
                    (namespace) -> results("/v2/namespaces/%s/repositories%s".formatted(encoded(namespace), FULL),
                            this.json.closing())
                        .map((repository) -> namespace + "/" + repository.path("name").asText()));
    }

    Stream<Artifact> tags(String repository, StopSignal stop) {
        return results(path(repository) + "/tags" + FULL, stop).map(DockerHubApi::artifact);
    }

    private Stream<JsonNode> results(String path, StopSignal stop) {
        return this.json.items(path, "/results", Paging.next("/next"), stop);
    }

    /** Some tags come without a digest: those are asked for one by one. */
    private static Artifact artifact(JsonNode tag) {
        String digest = Digest.read(tag.path("digest").asText("")).map(Digest::toString).orElse("");
        return new Artifact(tag.path("name").asText(), digest, tag.path("media_type").asText(""), null,
                time(tag.path("tag_last_pushed").asText("")), false);
    }

    private static @Nullable Instant time(String text) {
        try {
            return Instant.parse(text);
        }
        catch (DateTimeParseException _) {
            return null;
        }
    }

    /**
     * Creates a repository; one that is there is left as it is.
     * @param open whether everybody may read it
     */
    void create(String repository, boolean open, StopSignal stop) {
        if (exists(repository, stop)) {
            return;
        }
        String namespace = first(repository);
        ObjectNode wanted = JsonNodeFactory.instance.objectNode()
            .put("namespace", namespace)
            .put("name", repository.substring(namespace.length() + 1))
            .put("is_private", !open);
        try {
            this.json.post("/v2/namespaces/%s/repositories".formatted(encoded(namespace)), wanted, stop);
        }
        catch (RegistryFailure.Permanent ex) {
            // Another node may have been faster.
            if (!exists(repository, stop)) {
                throw ex;
            }
        }
    }

    /** Refuses an upload to a repository that is not there, which the push would make. */
    void require(String repository, StopSignal stop) {
        if (!exists(repository, stop)) {
            throw new RegistryFailure.Permanent(new Reason("Docker Hub has no repository " + repository,
                    "the registry's setting create is never; create it there or set create to missing"), null);
        }
    }

    boolean exists(String repository, StopSignal stop) {
        return shown(repository, stop).isPresent();
    }

    /** Whether everybody may read a repository. */
    Optional<Boolean> open(String repository, StopSignal stop) {
        return shown(repository, stop).map((shown) -> shown.path("is_private"))
            .filter(JsonNode::isBoolean)
            .map((hidden) -> !hidden.asBoolean());
    }

    private Optional<JsonNode> shown(String repository, StopSignal stop) {
        try {
            return Optional.of(this.json.get(path(repository), stop));
        }
        catch (RegistryFailure.NotFound _) {
            return Optional.empty();
        }
    }

    /** Takes one tag away; the API has no name for this in its documents. */
    Optional<String> delete(String repository, String tag, StopSignal stop) {
        String namespace = first(repository);
        this.json.delete("/v2/repositories/%s/%s/tags/%s/".formatted(encoded(namespace),
                encoded(repository.substring(namespace.length() + 1)), encoded(tag)), stop);
        return Optional.empty();
    }

    private static String path(String repository) {
        String[] levels = repository.split("/", -1);
        if (levels.length != 2) {
            throw new RegistryFailure.Permanent(
                    new Reason(
                            "Docker Hub takes names of two levels, and %s has %d".formatted(repository, levels.length),
                            (levels.length < 2) ? "official images are in library" : "%s/%s would fit"
                                .formatted(levels[0], repository.substring(levels[0].length() + 1).replace('/', '-'))),
                    null);
        }
        return "/v2/namespaces/%s/repositories/%s".formatted(encoded(levels[0]), encoded(levels[1]));
    }

    private static String first(String name) {
        return name.substring(0, (name + "/").indexOf('/'));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

}
