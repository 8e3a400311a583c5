package adapters.jfrog;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.stream.Gatherer;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import oci.Artifact;
import oci.message.Body;
import oci.model.NameGrammar;
import oci.model.Reason;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import oci.remote.JsonApi;
import org.jspecify.annotations.Nullable;

/**
 * Lists tags with digests by the Artifactory Query Language.
 *
 * @param page so many items one answer has, of about 250 bytes each
 */
record JfrogSearch(JsonApi json, int page) {

    /** A search that goes on for longer leads nowhere. */
    private static final int MOST_PAGES = 10_000;

    /**
     * Artifactory keeps a tag as a folder with the manifest in it. A search by offsets
     * may ask for the items' own fields only, so the digest is the file's checksum and
     * not the property {@code docker.manifest.digest}; both are the same.
     */
    Stream<Artifact> tags(String key, String image, StopSignal stop) {
        String folder = image + "/";
        return below(key, folder, stop).filter((item) -> isTag(item.path("path").asText(), folder))
            .map((item) -> tag(item, folder.length()))
            .gather(onePerTag());
    }

    /** Whether manifests lie below a tag's folder, as those of another image do. */
    boolean holdsMore(String key, String image, String tag, StopSignal stop) {
        String folder = image + "/" + tag + "/";
        return below(key, folder, stop).anyMatch((item) -> item.path("path").asText().startsWith(folder));
    }

    /** The manifests in folders below one. */
    private Stream<JsonNode> below(String key, String folder, StopSignal stop) {
        ObjectNode wanted = JsonNodeFactory.instance.objectNode();
        wanted.put("repo", key).putObject("path").put("$match", folder + "*");
        wanted.putArray("$or").add(named("manifest.json")).add(named("list.manifest.json"));
        return Stream
            .iterate(search(wanted, 0, stop), Objects::nonNull,
                    (page) -> page.isFull(this.page) ? following(page, wanted, stop) : null)
            .flatMap((page) -> JfrogApi.items(page.results()));
    }

    private static ObjectNode named(String file) {
        return JsonNodeFactory.instance.objectNode().put("name", file);
    }

    private Page following(Page page, ObjectNode wanted, StopSignal stop) {
        Page next = search(wanted, page.next(), stop);
        if (page.results().equals(next.results()) || page.next() > (long) MOST_PAGES * this.page) {
            throw new RegistryFailure.Incomplete(
                    "Artifactory's search for tags in %s goes on without an end; it is read no further"
                        .formatted(wanted.path("repo").asText()));
        }
        return next;
    }

    private Page search(ObjectNode wanted, long offset, StopSignal stop) {
        String query = "items.find(%s).include(\"repo\",\"path\",\"name\",\"sha256\",\"modified\").sort({\"$asc\":[\"path\",\"name\"]}).offset(%d).limit(%d)"
            .formatted(wanted, offset, this.page);
        try {
            JsonNode answer = this.json.post("/artifactory/api/search/aql",
                    new Body.Bytes("text/plain", query.getBytes(StandardCharsets.UTF_8)), stop);
            return new Page(JfrogApi.list(answer, "results"), offset + this.page);
        }
        catch (RegistryFailure.NotFound ex) {
            // A search in a repository that does not exist finds nothing.
            throw new RegistryFailure.Permanent(new Reason(String.valueOf(ex.getMessage()),
                    "the registry's URL is that of the JFrog platform, below which /artifactory lies"), ex);
        }
    }

    /** Below the image, a further level is another image, and a digest is no tag. */
    private static boolean isTag(String path, String folder) {
        return path.startsWith(folder) && NameGrammar.isTag(path.substring(folder.length()));
    }

    private static Artifact tag(JsonNode item, int folderLength) {
        String sha256 = item.path("sha256").asText("");
        return new Artifact(item.path("path").asText().substring(folderLength),
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
