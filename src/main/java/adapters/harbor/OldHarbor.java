package adapters.harbor;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import oci.Artifact;
import oci.model.Digest;
import oci.model.StopSignal;

/**
 * What Harbor 1.x does in another way than 2.x: one answer has all tags of a repository,
 * and the deletion of a tag takes the manifest and with it its other tags.
 */
final class OldHarbor {

    private OldHarbor() {
    }

    private static String path(String repository) {
        return "/repositories/" + repository + "/tags";
    }

    /** Digests as far as this version tells them. */
    static Stream<Artifact> artifacts(HarborApi api, String repository, StopSignal stop) {
        return HarborApi.items(api.get(path(repository), stop))
            .map((tag) -> new Artifact(ListedArtifact.tag(tag), told(tag), "",
                    ListedArtifact.labels(tag.path("labels")), ListedArtifact.time(tag.path("push_time").asText("")),
                    tag.path("immutable").asBoolean()));
    }

    private static String told(JsonNode tag) {
        return tag.path("digest").asText("").isEmpty() ? "" : ListedArtifact.digest(tag);
    }

    /** Why the tag is left; empty where it is gone. */
    static Optional<String> delete(HarborApi api, String repository, String tag, Digest digest, StopSignal stop) {
        List<Artifact> all = artifacts(api, repository, stop).toList();
        Optional<Artifact> listed = all.stream().filter((each) -> each.tag().equals(tag)).findFirst();
        if (listed.isEmpty()) {
            return Optional.empty();
        }
        if (!listed.get().digest().isEmpty() && !listed.get().digest().equals(digest.toString())) {
            return Optional.of("somebody has changed it meanwhile: it points at " + listed.get().digest());
        }
        Optional<String> other = all.stream()
            .filter((each) -> !each.tag().equals(tag))
            .filter((each) -> each.digest().isEmpty() || each.digest().equals(digest.toString()))
            .map(Artifact::tag)
            .findFirst();
        if (other.isPresent()) {
            return other.map(
                    "Harbor 1.x deletes a manifest with all its tags, and the tag %s has the same one, or may have it"::formatted);
        }
        api.delete(path(repository) + "/" + tag, stop);
        return Optional.empty();
    }

}
