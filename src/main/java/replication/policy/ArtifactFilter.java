package replication.policy;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import oci.Artifact;
import oci.model.RawManifest;

/**
 * The filters of a policy that look at single artifacts. Names are looked at before
 * listings, and content is looked at only for the artifacts that both have left.
 */
public final class ArtifactFilter {

    private final List<NamePattern> tags;

    private final List<Part> others;

    ArtifactFilter(Policy policy, List<Part> others) {
        this.tags = NamePattern.of(policy, Filter.TAG);
        this.others = others;
    }

    /** Only a policy's filters of the kind {@code tag}. */
    public static ArtifactFilter ofTags(Policy policy) {
        return new ArtifactFilter(policy, List.of());
    }

    /**
     * All tags that the filters of the kind {@code tag} accept, if one of them names its
     * tags without any wildcard; empty if none does.
     */
    public Optional<List<String>> namedTags() {
        return NamePattern.spelledOut(this.tags);
    }

    /** Whether a tag passes by its name. */
    public boolean acceptsName(String tag) {
        return this.tags.stream().allMatch((pattern) -> pattern.accepts(tag))
                && all(FilterKind.NameMatch.class, (match) -> match.tag().test(tag));
    }

    /** Whether an artifact passes by its name and by what the listing tells. */
    public boolean acceptsListed(Artifact artifact) {
        return acceptsName(artifact.tag())
                && all(FilterKind.ListingMatch.class, (match) -> match.listed().test(artifact));
    }

    /** Whether an artifact that was accepted so far passes by its content as well. */
    public boolean acceptsContent(RawManifest manifest) {
        return all(FilterKind.ContentMatch.class, (match) -> match.content().test(manifest));
    }

    /** Whether a filter looks at the listing. */
    public boolean needsListing() {
        return needs(FilterKind.ListingMatch.class);
    }

    /** Whether a filter looks at the manifest. */
    public boolean needsContent() {
        return needs(FilterKind.ContentMatch.class);
    }

    private boolean needs(Class<? extends FilterKind.Match> kind) {
        return this.others.stream().map(Part::match).anyMatch(kind::isInstance);
    }

    private <T extends FilterKind.Match> boolean all(Class<T> kind, Predicate<T> found) {
        return this.others.stream()
            .filter((part) -> kind.isInstance(part.match))
            .allMatch((part) -> part.filter.accepts(found.test(kind.cast(part.match))));
    }

    /** A filter and what it looks for. */
    record Part(Filter filter, FilterKind.Match match) {
    }

}
