package adapters.harbor;

import java.util.Optional;

import oci.model.Digest;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import oci.remote.Differences;

/**
 * Takes tags away by Harbor's API: {@code DELETE /v2/} would take the manifest with all
 * its tags. In 2.x the artifact stays, without the tag. The request names the digest, so
 * that a tag that has moved meanwhile is left.
 */
record HarborTags(HarborApi api) implements Differences.TagDeletion {

    @Override
    public Optional<String> delete(String repository, String tag, Digest digest, StopSignal stop) {
        try {
            if (this.api.isOld(stop)) {
                return OldHarbor.delete(this.api, repository, tag, digest, stop);
            }
            this.api.delete(HarborApi.path(repository) + "/artifacts/" + digest + "/tags/" + tag, stop);
            return Optional.empty();
        }
        catch (RegistryFailure.NotFound _) {
            return moved(repository, tag, stop);
        }
        catch (RegistryFailure.Permanent ex) {
            // 412 for a tag that a rule keeps.
            return Optional.of("the registry refuses to delete it: " + ex.getMessage());
        }
    }

    private Optional<String> moved(String repository, String tag, StopSignal stop) {
        if (this.api.isOld(stop)) {
            return Optional.of("Harbor 1.x answers 404, which does not tell whether the tag is gone");
        }
        try {
            String now = this.api.get(HarborApi.path(repository) + "/artifacts/" + tag, stop).path("digest").asText("");
            return Optional.of("somebody has changed it meanwhile: it points at " + Digest.parse(now));
        }
        catch (RegistryFailure.NotFound _) {
            return Optional.empty();
        }
    }

}
