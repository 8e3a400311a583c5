package transfer.image;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import oci.Artifact;
import oci.ContentSource;
import oci.model.Descriptor;
import oci.model.Digest;
import oci.model.RawManifest;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import replication.execution.copy.TransferOrder;
import transfer.blob.RepositoryPair;

/**
 * The source's tags: what they point at, and what shows that one has gone. No single
 * answer shows that: a proxy may deny by HEAD what it gives by GET, a replica may lack
 * what another has, a list may name a tag whose manifest is lost. A tag has gone only
 * where no list of this run names it and two GETs say that it is unknown, the second past
 * caches and over another connection. Safe for many threads.
 */
final class SourceTags {

    /**
     * A source that lists nothing has more likely lost or hidden its catalog than every
     * tag.
     */
    private static final String LISTS_NOTHING = "the source lists no tags of the repository any more";

    private final TransferOrder order;

    private final ContentSource source;

    /**
     * What the policy has put at the destination and the listing of this run has not
     * named so far: a list of a million tags is not kept for the sake of these.
     */
    private final Set<String> unlisted = ConcurrentHashMap.newKeySet();

    /** Why the source does not give a tag that it lists, by tag. */
    private final Map<String, String> withheld = new ConcurrentHashMap<>();

    private volatile boolean listsAny;

    private final FutureTask<Second> again = new FutureTask<>(this::listAgain);

    private final AtomicBoolean deniesByHead = new AtomicBoolean();

    SourceTags(RepositoryPair sides) {
        this.order = sides.order();
        this.source = sides.source();
    }

    /**
     * Lists the source, so that {@link #lists} knows its tags if deletions are carried
     * over.
     */
    Stream<Artifact> all(ContentSource from) {
        Stream<Artifact> tags = from.artifacts().peek((artifact) -> {
            if (!artifact.withheld().isEmpty()) {
                this.withheld.put(artifact.tag(), artifact.withheld());
            }
        });
        if (!this.order.policy().behaviour().deletion()) {
            return tags;
        }
        this.order.placed().tags().forEach(this.unlisted::add);
        return tags.peek((tag) -> saw(tag.tag()));
    }

    private void saw(String tag) {
        this.listsAny = true;
        this.unlisted.remove(tag);
    }

    /** Why the source does not give a tag that it lists. */
    Optional<String> withheld(String tag) {
        return Optional.ofNullable(this.withheld.get(tag));
    }

    /**
     * Whether the listing of this run, read to its end, has named a tag that the policy
     * has put at the destination; any other tag is taken as listed.
     */
    boolean lists(String tag) {
        return this.listsAny && !this.unlisted.contains(tag);
    }

    /**
     * What a tag points at: by HEAD, and by GET where HEAD says that there is no such
     * tag.
     */
    Optional<String> digest(String tag, ContentSource from) {
        return from.head(tag).map(Descriptor::digest).or(() -> given(tag, from)).map(Object::toString);
    }

    private Optional<Digest> given(String tag, ContentSource from) {
        try {
            RawManifest manifest = from.manifest(tag);
            if (!this.deniesByHead.getAndSet(true)) {
                this.order.log()
                    .line("the source says by HEAD that it does not have %s, but gives it by GET; such tags are asked for by GET"
                        .formatted(tag));
            }
            return Optional.of(manifest.digest());
        }
        catch (RegistryFailure.NotFound _) {
            return Optional.empty();
        }
    }

    /** Why a tag cannot be taken for gone; empty where it has gone. */
    Optional<String> doubt(String tag) {
        if (this.order.named() && !this.order.deleted().contains(tag)) {
            return Optional.of("the source does not have it, but no event has reported its deletion; "
                    + "a full execution deletes what has gone");
        }
        if (!this.order.named() && !this.listsAny) {
            return Optional.of(LISTS_NOTHING);
        }
        return doubt(tag, this.source).or(() -> listing(tag)).or(() -> doubt(tag, this.source.afresh()));
    }

    private Optional<String> doubt(String tag, ContentSource from) {
        try {
            RawManifest manifest = from.manifest(tag);
            return Optional.of((this.order.named() || lists(tag)) ? "the source has it: " + manifest.digest()
                    : "the source does not list it, but gives it: " + manifest.digest());
        }
        catch (RegistryFailure.NotFound ex) {
            if (lists(tag)) {
                return Optional.of("the source lists it, but does not give it (%s); it may have lost its manifest"
                    .formatted(ex.getMessage()));
            }
            return switch (ex.unknown()) {
                case MANIFEST -> Optional.empty();
                case REPOSITORY ->
                    Optional.of("the source denies the whole repository (%s), which may be hidden from the credential"
                        .formatted(ex.getMessage()));
                case UNTOLD ->
                    Optional.of("the source does not say that the tag is unknown (%s)".formatted(ex.getMessage()));
            };
        }
    }

    private Optional<String> listing(String tag) {
        Second names;
        try {
            names = listedAgain();
        }
        catch (RegistryFailure ex) {
            if (ex.passing()) {
                throw ex;
            }
            return Optional.of("whether the source still lists it is not known (%s)".formatted(ex.getMessage()));
        }
        if (names.named().contains(tag)) {
            return Optional.of("the source lists it, but does not give it; it may have lost its manifest");
        }
        if (!names.any()) {
            return Optional.of(LISTS_NOTHING);
        }
        return (this.order.named() && this.order.placed().tags().noneMatch(names.named()::contains))
                ? Optional.of("the source lists nothing else of what this policy has put there") : Optional.empty();
    }

    private Second listedAgain() {
        this.again.run();
        try {
            return this.again.get();
        }
        catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new StopSignal.Stopped();
        }
        catch (ExecutionException ex) {
            throw (ex.getCause() instanceof RuntimeException cause) ? cause : new IllegalStateException(ex);
        }
    }

    private Second listAgain() {
        ContentSource fresh = this.source.afresh();
        Set<String> asked = Stream.concat(this.order.placed().tags(), this.order.deleted().stream())
            .collect(Collectors.toUnmodifiableSet());
        AtomicBoolean any = new AtomicBoolean();
        try (Stream<Artifact> tags = fresh.artifacts()) {
            Set<String> named = tags.map(Artifact::tag)
                .peek((_) -> any.set(true))
                .filter(asked::contains)
                .collect(Collectors.toUnmodifiableSet());
            return new Second(any.get(), named);
        }
    }

    /**
     * The tags that the source lists when it is asked once more.
     *
     * @param any whether it lists anything
     * @param named those of its tags that may be deleted
     */
    private record Second(boolean any, Set<String> named) {
    }

}
