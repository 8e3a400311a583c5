package adapters.harbor;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Ticker;
import oci.Artifact;
import oci.model.RegistryFailure;
import oci.model.RegistryFailure.NotFound.Subject;
import oci.model.Scope;
import oci.model.StopSignal;
import oci.remote.Differences;
import oci.remote.JsonApi;
import oci.remote.Paging;

/**
 * Lists the artifacts that have a tag. Harbor's pages are offsets into a list that others
 * change: where there are several, the registry's own list of tags shows what they have
 * skipped, and that is asked for by itself. Accessories, such as signatures, are not in
 * this list, whatever tags they have.
 */
final class HarborArtifacts implements Differences.ArtifactListing {

    private static final String DETAILS = "with_tag=true&with_label=true&with_immutable_status=true";

    private static final String QUERY = "?" + DETAILS + "&q=tags%3D*&" + HarborApi.PAGE;

    /**
     * {@code sha256-}, the digest, and perhaps a suffix: cosign's name for a signature.
     */
    private static final String ACCESSORY = "sha256-";

    private static final int SHORTEST_ACCESSORY = ACCESSORY.length() + 64;

    private final HarborApi api;

    private final JsonApi content;

    private final ProjectListings projects;

    /**
     * A listing.
     * @param content the registry's own API, for its list of tags
     */
    HarborArtifacts(HarborApi api, JsonApi content, Ticker ticker) {
        this.api = api;
        this.content = content;
        this.projects = new ProjectListings(api, QUERY, ticker);
    }

    @Override
    public Stream<Artifact> artifacts(String repository, StopSignal stop) {
        if (this.api.isOld(stop)) {
            return listed(repository, stop);
        }
        return this.projects.artifacts(repository, stop).orElseGet(() -> listed(repository, stop));
    }

    @Override
    public Stream<Artifact> afresh(String repository, StopSignal stop) {
        return listed(repository, stop);
    }

    @Override
    public void written(String repository) {
        this.projects.written(repository);
    }

    /** Lets go of what is remembered of projects. */
    void forget() {
        this.projects.forget();
    }

    private Stream<Artifact> listed(String repository, StopSignal stop) {
        try {
            return this.api.isOld(stop) ? OldHarbor.artifacts(this.api, repository, stop) : paged(repository, stop);
        }
        catch (RegistryFailure.Unauthorized ex) {
            // It says so of a project that is not there as well.
            if (this.api.hasProject(HarborApi.projectOf(repository), stop)) {
                throw ex;
            }
            throw new RegistryFailure.NotFound(String.valueOf(ex.getMessage()), Subject.REPOSITORY);
        }
    }

    private Stream<Artifact> paged(String repository, StopSignal stop) {
        String path = HarborApi.path(repository) + "/artifacts";
        Seen seen = new Seen();
        Stream<Artifact> paged = this.api.pages(path + QUERY, stop)
            .peek((_) -> seen.pages++)
            .flatMap(HarborApi::items)
            .peek((_) -> this.projects.note(repository))
            .flatMap(ListedArtifact::of)
            .peek((artifact) -> seen.tags.add(artifact.tag()));
        return Stream.concat(paged, Stream.of(seen).flatMap((all) -> skipped(all, repository, path, stop)));
    }

    private Stream<Artifact> skipped(Seen seen, String repository, String path, StopSignal stop) {
        if (seen.pages < 2) {
            return Stream.empty();
        }
        return this.content.granted(Scope.repository(repository, "pull"))
            .items("/v2/" + repository + "/tags/list", "/tags", Paging.link(), stop)
            .map(JsonNode::asText)
            .filter((tag) -> !seen.tags.contains(tag) && !isAccessory(tag))
            .flatMap((tag) -> single(path, tag, stop).stream());
    }

    private static boolean isAccessory(String tag) {
        return tag.startsWith(ACCESSORY) && tag.length() >= SHORTEST_ACCESSORY;
    }

    private Optional<Artifact> single(String path, String tag, StopSignal stop) {
        try {
            return ListedArtifact.of(this.api.get(path + "/" + tag + "?" + DETAILS, stop))
                .filter((artifact) -> artifact.tag().equals(tag))
                .findFirst();
        }
        catch (RegistryFailure.NotFound _) {
            return Optional.empty();
        }
    }

    /** What the pages have had. */
    private static final class Seen {

        private int pages;

        private final Set<String> tags = new HashSet<>();

    }

}
