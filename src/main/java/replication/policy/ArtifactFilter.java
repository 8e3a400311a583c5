package replication.policy;

import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import oci.Artifact;
import oci.model.RawManifest;
import org.jspecify.annotations.Nullable;

/**
 * The filters of a policy that look at single artifacts, in the policy's order. Content
 * is looked at last, and only for the artifacts that the others have left.
 */
public final class ArtifactFilter {

    private final List<NamePattern> tags;

    private final List<Part> parts;

    private final Cache<Content, Boolean> contents;

    private final List<Filter> lookingAtContent;

    private ArtifactFilter(List<NamePattern> tags, List<Part> parts, Cache<Content, Boolean> contents) {
        this.tags = tags;
        this.parts = parts;
        this.contents = contents;
        this.lookingAtContent = parts.stream()
            .filter((part) -> part.match instanceof FilterKind.ContentMatch)
            .map(Part::filter)
            .toList();
    }

    /**
     * The filters of a policy.
     * @param others reads those that are not built in; null leaves them out
     * @param contents remembers what has passed by its content
     */
    static ArtifactFilter of(Policy policy, @Nullable Function<Filter, FilterKind.Match> others,
            Cache<Content, Boolean> contents) {
        List<Part> parts = policy.selection().filters().stream().flatMap((filter) -> {
            if (NamePattern.isOf(Filter.TAG, filter)) {
                NamePattern pattern = NamePattern.of(filter);
                return Stream.of(new Part(filter, new FilterKind.NameMatch(pattern.found())));
            }
            return (others == null || FilterKinds.isBuiltIn(filter)) ? Stream.empty()
                    : Stream.of(new Part(filter, others.apply(filter)));
        }).toList();
        return new ArtifactFilter(NamePattern.of(policy, Filter.TAG), parts, contents);
    }

    /** Only a policy's filters of tags that are built in. */
    public static ArtifactFilter ofTags(Policy policy) {
        return of(policy, null, Caffeine.newBuilder().maximumSize(0).build());
    }

    /**
     * All tags that the filters of tags accept, if one of them names its tags without any
     * wildcard; empty if none does.
     */
    public Optional<List<String>> namedTags() {
        return NamePattern.spelledOut(this.tags);
    }

    /** Whether a tag passes by its name. */
    public boolean acceptsName(String tag) {
        return all(FilterKind.NameMatch.class, (match) -> match.tag().test(tag));
    }

    /**
     * The artifacts of a repository's listing that pass by their names, by what the
     * listing tells and by their rank. Where artifacts are ranked the first one comes
     * only when all have been read; otherwise each comes as it is read.
     */
    public Stream<Artifact> listed(Stream<Artifact> listing) {
        Stream<Artifact> left = listing;
        for (Part part : this.parts) {
            Stream<Artifact> before = left;
            left = switch (part.match) {
                case FilterKind.NameMatch(Predicate<String> tag) ->
                    before.filter((artifact) -> part.filter.accepts(tag.test(artifact.tag())));
                case FilterKind.ListingMatch(Predicate<Artifact> listed) ->
                    before.filter((artifact) -> part.filter.accepts(listed.test(artifact)));
                case FilterKind.RankMatch rank ->
                    Stream.of(rank).flatMap((_) -> first(before, rank)).onClose(before::close);
                case FilterKind.ContentMatch _ -> before;
            };
        }
        return left;
    }

    private static Stream<Artifact> first(Stream<Artifact> artifacts, FilterKind.RankMatch rank) {
        PriorityQueue<Artifact> kept = new PriorityQueue<>(rank.order().reversed());
        artifacts.filter(rank.ranked()).forEach((artifact) -> {
            kept.add(artifact);
            if (kept.size() > rank.most()) {
                kept.poll();
            }
        });
        return kept.stream();
    }

    /** Whether an artifact that was accepted so far passes by its content as well. */
    public boolean acceptsContent(RawManifest manifest) {
        boolean accepted = all(FilterKind.ContentMatch.class, (match) -> match.content().test(manifest));
        this.contents.put(new Content(this.lookingAtContent, manifest.digest().toString()), accepted);
        return accepted;
    }

    /**
     * The same, as far as it is known of a manifest's digest without reading it again.
     */
    public Optional<Boolean> acceptsContentOf(String digest) {
        return Optional.ofNullable(this.contents.getIfPresent(new Content(this.lookingAtContent, digest)));
    }

    /** Whether a filter looks at the listing. */
    public boolean needsListing() {
        return needs(FilterKind.ListingMatch.class) || needs(FilterKind.RankMatch.class);
    }

    /** Whether a filter looks at the manifest. */
    public boolean needsContent() {
        return !this.lookingAtContent.isEmpty();
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
    private record Part(Filter filter, FilterKind.Match match) {
    }

    /** A manifest and the filters that have looked at it. */
    record Content(List<Filter> filters, String digest) {
    }

}
