package adapters.gitlab;

import java.util.stream.Stream;

import oci.Artifact;
import oci.model.RegistryFailure;
import oci.model.RegistryFailure.NotFound.Subject;
import oci.model.Scope;
import oci.model.StopSignal;
import oci.remote.Differences;
import oci.remote.JsonApi;
import oci.remote.Paging;

/**
 * A list of tags with digests that GitLab's registry has where its metadata are in a
 * database. It is tried once; a registry without it is not asked again.
 */
final class DigestListing implements Differences.ArtifactListing {

    private final JsonApi registry;

    private volatile boolean proven;

    private volatile boolean lacking;

    DigestListing(JsonApi registry) {
        this.registry = registry;
    }

    @Override
    public boolean tellsDigests() {
        return this.proven;
    }

    @Override
    public Stream<Artifact> artifacts(String repository, StopSignal stop) {
        if (this.lacking) {
            throw new RegistryFailure.Unsupported("this registry has no list of tags with digests", false);
        }
        try {
            Stream<Artifact> listed = this.registry.granted(Scope.repository(repository, "pull"))
                .items("/gitlab/v1/repositories/%s/tags/list/?n=100".formatted(repository), "", Paging.link(), stop)
                .map((tag) -> new Artifact(tag.path("name").asText(), tag.path("digest").asText(""),
                        tag.path("media_type").asText(""), null, null, false));
            this.proven = true;
            return listed;
        }
        catch (RegistryFailure.NotFound ex) {
            if (ex.unknown() == Subject.REPOSITORY) {
                throw ex;
            }
            throw lacks(ex);
        }
        catch (RegistryFailure.Permanent ex) {
            throw lacks(ex);
        }
    }

    private RegistryFailure lacks(RegistryFailure why) {
        // One that has answered before has it, and this repository alone is at fault.
        this.lacking = !this.proven;
        return this.proven ? why : new RegistryFailure.Unsupported(
                "this registry has no list of tags with digests: " + why.getMessage(), false);
    }

}
