package adapters.harbor;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import oci.Artifact;
import oci.model.Digest;
import oci.model.NameGrammar;
import oci.model.OutsideText;
import oci.model.RegistryFailure;
import oci.remote.Paging;
import org.jspecify.annotations.Nullable;

/** Reads an artifact of Harbor's lists: one {@link Artifact} for each of its tags. */
final class ListedArtifact {

    private static final int LONGEST_TYPE = 255;

    private static final int LONGEST_LABEL = 255;

    /** Harbor writes the year 1 for never. */
    private static final Instant NEVER = Instant.parse("0002-01-01T00:00:00Z");

    private ListedArtifact() {
    }

    static Stream<Artifact> of(JsonNode artifact) {
        String digest = digest(artifact);
        JsonNode type = artifact.path("artifact_type").isTextual() ? artifact.path("artifact_type")
                : artifact.path("media_type");
        Map<String, String> labels = labels(artifact.path("labels"));
        return Paging.items("Harbor's artifact " + digest, artifact, "/tags")
            .map((tag) -> new Artifact(tag(tag), digest, OutsideText.line(type.asText(""), LONGEST_TYPE), labels,
                    time(tag.path("push_time").asText("")), tag.path("immutable").asBoolean()));
    }

    static String tag(JsonNode item) {
        String name = item.path("name").asText("");
        if (!NameGrammar.isTag(name)) {
            throw unusable("tag", name);
        }
        return name;
    }

    static String digest(JsonNode item) {
        String digest = item.path("digest").asText("");
        if (!Digest.isDigest(digest)) {
            throw unusable("digest", digest);
        }
        return digest;
    }

    private static RegistryFailure.Incomplete unusable(String what, String text) {
        return new RegistryFailure.Incomplete("Harbor's list of artifacts has a %s that is none: \"%s\"".formatted(what,
                OutsideText.line(text, LONGEST_LABEL)));
    }

    /** Harbor's labels have no values. */
    static Map<String, String> labels(JsonNode labels) {
        Map<String, String> names = new TreeMap<>();
        labels.forEach((label) -> names.put(OutsideText.line(label.path("name").asText(""), LONGEST_LABEL), ""));
        return names;
    }

    static @Nullable Instant time(String text) {
        try {
            Instant time = text.isEmpty() ? NEVER : Instant.parse(text);
            return time.isAfter(NEVER) ? time : null;
        }
        catch (DateTimeException _) {
            return null;
        }
    }

}
