package replication.policy;

import java.util.List;
import java.util.function.Predicate;

import oci.Artifact;
import oci.model.RawManifest;

/**
 * What a policy's filters say about single artifacts. Names are looked at before
 * listings, and content is looked at only of what both have left.
 */
public final class ArtifactFilter {

    /** Accepts everything. */
    public static final ArtifactFilter NONE = new ArtifactFilter(List.of());

    private final List<Part> parts;

    ArtifactFilter(List<Part> parts) {
        this.parts = parts;
    }

    /** Whether the tag's name lets it pass. */
    public boolean acceptsName(String tag) {
        return all(FilterKind.NameMatch.class, (test) -> test.tag().test(tag));
    }

    /** Whether its name and what the listing tells let an artifact pass. */
    public boolean acceptsListed(Artifact artifact) {
        return acceptsName(artifact.tag())
                && all(FilterKind.ListingMatch.class, (test) -> test.listed().test(artifact));
    }

    /** Whether an artifact that was accepted so far passes by its content as well. */
    public boolean acceptsContent(RawManifest manifest) {
        return all(FilterKind.ContentMatch.class, (test) -> test.content().test(manifest));
    }

    /** Whether a filter looks at more than names. */
    public boolean needsListing() {
        return needs(FilterKind.ListingMatch.class);
    }

    /** Whether the manifest of what is left has to be read. */
    public boolean needsContent() {
        return needs(FilterKind.ContentMatch.class);
    }

    private boolean needs(Class<? extends FilterKind.Match> kind) {
        return this.parts.stream().map(Part::match).anyMatch(kind::isInstance);
    }

    private <T extends FilterKind.Match> boolean all(Class<T> kind, Predicate<T> found) {
        return this.parts.stream()
            .filter((part) -> kind.isInstance(part.match))
            .allMatch((part) -> part.filter.accepts(found.test(kind.cast(part.match))));
    }

    /** A filter and what it looks for. */
    record Part(Filter filter, FilterKind.Match match) {
    }

}
