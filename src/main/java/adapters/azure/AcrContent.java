package adapters.azure;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import oci.Artifact;
import oci.model.Digest;
import oci.model.NameGrammar;
import oci.model.RegistryFailure;
import oci.model.Scope;
import oci.model.StopSignal;
import oci.remote.JsonApi;
import oci.remote.Paging;
import org.jspecify.annotations.Nullable;

/**
 * The API {@code /acr/v1} of the registry's own host: tags with digests, times and locks.
 */
record AcrContent(JsonApi api) {

    private static final int PAGE = 100;

    Stream<String> repositories() {
        return this.api.granted(Scope.CATALOG)
            .items("/acr/v1/_catalog?n=" + PAGE, "/repositories", Paging.link(), this.api.closing())
            .map(JsonNode::asText)
            .filter(NameGrammar::isRepository);
    }

    Stream<Artifact> artifacts(String repository, StopSignal stop) {
        return this.api.granted(Scope.repository(repository, "metadata_read"))
            .items("/acr/v1/%s/_tags?n=%d".formatted(repository, PAGE), "/tags", Paging.link(), stop)
            .filter((tag) -> NameGrammar.isTag(tag.path("name").asText()))
            .map((tag) -> new Artifact(tag.path("name").asText(), tag.path("digest").asText(""), "", null,
                    instant(tag.path("lastUpdateTime").asText("")), isLocked(tag)));
    }

    /** Such a tag can be neither moved nor deleted. */
    private static boolean isLocked(JsonNode tag) {
        return !tag.at("/changeableAttributes/writeEnabled").asBoolean(true);
    }

    private static @Nullable Instant instant(String text) {
        try {
            return Instant.parse(text);
        }
        catch (DateTimeParseException _) {
            return null;
        }
    }

    /** Untags, which leaves the manifest and its other tags. */
    Optional<String> delete(String repository, String tag, Digest digest, StopSignal stop) {
        try {
            this.api.granted(Scope.repository(repository, "delete", "metadata_read"))
                .delete("/acr/v1/%s/_tags/%s".formatted(repository, tag), stop);
            return Optional.empty();
        }
        catch (RegistryFailure.Permanent ex) {
            // REGISTRY_DISALLOWED_OPERATION does not say which lock it is.
            return Optional.of(lock(repository, tag, stop) + ": " + ex.getMessage());
        }
    }

    private String lock(String repository, String tag, StopSignal stop) {
        try {
            JsonNode attributes = this.api.granted(Scope.repository(repository, "metadata_read"))
                .get("/acr/v1/%s/_tags/%s".formatted(repository, tag), stop)
                .at("/tag/changeableAttributes");
            boolean locked = !attributes.path("writeEnabled").asBoolean(true)
                    || !attributes.path("deleteEnabled").asBoolean(true);
            return locked ? "the tag is locked" : "its manifest or repository may be locked";
        }
        catch (RegistryFailure _) {
            return "it may be locked";
        }
    }

}
