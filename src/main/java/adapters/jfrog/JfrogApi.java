package adapters.jfrog;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Gatherer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import oci.Artifact;
import oci.message.Body;
import oci.model.Digest;
import oci.model.Reason;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import oci.remote.Differences;
import oci.remote.JsonApi;
import oci.remote.Paging;
import org.jspecify.annotations.Nullable;

/**
 * What Drayage asks of Artifactory's REST API.
 *
 * @param page so many items one answer has; in a search, about 250 bytes each
 */
record JfrogApi(JsonApi json, int page) {

    private static final String REPOSITORIES = "/artifactory/api/repositories";

    private static final String VIRTUAL = "VIRTUAL";

    /**
     * The images of all Docker repositories, or of those that the namespaces lie in. A
     * virtual repository shows the images of others once more, so it is only listed where
     * a namespace names it.
     */
    Stream<String> repositories(List<String> namespaces) {
        Set<String> wanted = namespaces.stream().map(JfrogApi::key).collect(Collectors.toSet());
        return items(this.json.get(REPOSITORIES + "?packageType=docker", this.json.closing())).filter((repository) -> {
            String key = repository.path("key").asText();
            return wanted.isEmpty() ? !VIRTUAL.equalsIgnoreCase(repository.path("type").asText())
                    : wanted.contains(key);
        }).map((repository) -> repository.path("key").asText()).flatMap(this::images);
    }

    private Stream<String> images(String key) {
        return this.json
            .pages("/artifactory/api/docker/%s/v2/_catalog?n=%d".formatted(key, this.page), Paging.link(),
                    this.json.closing())
            .flatMap((page) -> items(page.path("repositories")))
            .map((image) -> key + "/" + image.asText());
    }

    /**
     * Artifactory keeps a tag as a folder with the manifest in it. A search by offsets
     * may ask for the items' own fields only, so the digest is the file's checksum and
     * not the property {@code docker.manifest.digest}; both are the same.
     */
    Stream<Artifact> tags(String repository, StopSignal stop) {
        String image = image(repository) + "/";
        ObjectNode wanted = JsonNodeFactory.instance.objectNode();
        wanted.put("repo", key(repository)).putObject("path").put("$match", image + "*");
        wanted.putArray("$or").add(named("manifest.json")).add(named("list.manifest.json"));
        return Stream
            .iterate(search(wanted, 0, stop), Objects::nonNull,
                    (page) -> page.isFull(this.page) ? search(wanted, page.next(), stop) : null)
            .flatMap((page) -> items(page.results()))
            .filter((item) -> isTag(item.path("path").asText(), image))
            .map((item) -> tag(item, image.length()))
            .gather(onePerTag());
    }

    private static ObjectNode named(String file) {
        return JsonNodeFactory.instance.objectNode().put("name", file);
    }

    private Page search(ObjectNode wanted, long offset, StopSignal stop) {
        String query = "items.find(%s).include(\"repo\",\"path\",\"name\",\"sha256\",\"modified\").sort({\"$asc\":[\"path\",\"name\"]}).offset(%d).limit(%d)"
            .formatted(wanted, offset, this.page);
        try {
            JsonNode answer = this.json.post("/artifactory/api/search/aql",
                    new Body.Bytes("text/plain", query.getBytes(StandardCharsets.UTF_8)), stop);
            return new Page(answer.path("results"), offset + this.page);
        }
        catch (RegistryFailure.NotFound ex) {
            // A search in a repository that does not exist finds nothing.
            throw new RegistryFailure.Permanent(new Reason(String.valueOf(ex.getMessage()),
                    "the registry's URL is that of the JFrog platform, below which /artifactory lies"), ex);
        }
    }

    /** Below the image, a further level is another image, and a digest is no tag. */
    private static boolean isTag(String path, String image) {
        return path.startsWith(image) && path.indexOf('/', image.length()) < 0 && path.indexOf(':') < 0;
    }

    private static Artifact tag(JsonNode item, int imageLength) {
        String sha256 = item.path("sha256").asText("");
        return new Artifact(item.path("path").asText().substring(imageLength),
                (sha256.length() == 64) ? "sha256:" + sha256 : "", "", null, time(item.path("modified").asText("")),
                false);
    }

    private static @Nullable Instant time(String text) {
        try {
            return text.isEmpty() ? null : OffsetDateTime.parse(text).toInstant();
        }
        catch (DateTimeException _) {
            return null;
        }
    }

    /** A tag with both manifests comes once, without a digest. */
    private static Gatherer<Artifact, ?, Artifact> onePerTag() {
        return Gatherer.ofSequential(Held::new, (held, next, downstream) -> {
            Artifact last = held.artifact;
            boolean again = last != null && last.tag().equals(next.tag());
            held.artifact = again ? Artifact.tagged(next.tag()) : next;
            return again || last == null || downstream.push(last);
        }, (held, downstream) -> {
            if (held.artifact != null) {
                downstream.push(held.artifact);
            }
        });
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
        return items(this.json.get(REPOSITORIES + "?packageType=docker", stop))
            .anyMatch((repository) -> repository.path("key").asText().equals(key));
    }

    /** Deletes the tag's folder, in which no other tag is. */
    Optional<String> delete(String repository, String tag, Digest digest, StopSignal stop) {
        try {
            this.json.delete("/artifactory/%s/%s".formatted(repository, tag), stop);
        }
        catch (RegistryFailure.NotFound _) {
            // It has gone already.
        }
        return Optional.empty();
    }

    private static String key(String repository) {
        return repository.substring(0, (repository + "/").indexOf('/'));
    }

    private static String image(String repository) {
        return repository.substring(Math.min(repository.length(), key(repository).length() + 1));
    }

    private static Stream<JsonNode> items(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    /**
     * A page of a search.
     *
     * @param next where the next one begins
     */
    private record Page(JsonNode results, long next) {

        boolean isFull(int most) {
            return this.results.size() >= most;
        }

    }

    /** What {@link #onePerTag} holds back until it knows the next one. */
    private static final class Held {

        private @Nullable Artifact artifact;

    }

}
