package transfer.image;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import oci.Artifact;
import oci.ContentTarget;
import oci.model.Descriptor;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import replication.execution.copy.Placements;
import replication.execution.copy.TransferOrder.LogSink;

/**
 * The destination's tags as they were at the start: listed at most once, and held as
 * names, with digests where the listing tells them. Tags that the policy has put there
 * need no listing, because each is asked for anyway; but if the first of them has gone,
 * the others may have gone as well and the tags are listed. Where the destination refuses
 * to list its tags, each tag is asked for.
 */
final class DestinationTags {

    private static final Logger LOG = LoggerFactory.getLogger(DestinationTags.class);

    private final ContentTarget target;

    private final Placements placed;

    private final boolean listed;

    private final LogSink log;

    private final FutureTask<Known> known = new FutureTask<>(this::findKnown);

    private final Set<String> locked = ConcurrentHashMap.newKeySet();

    private @Nullable Map<String, String> digests;

    /** Whether it refuses to list them. */
    private volatile boolean hidden;

    /**
     * Of one repository.
     * @param placed what the policy has put there
     * @param listed whether listing is worth it; otherwise every tag may be there, and
     * each is asked for
     * @param log takes a line where they cannot be listed
     */
    DestinationTags(ContentTarget target, Placements placed, boolean listed, LogSink log) {
        this.log = log;
        this.target = target;
        this.placed = placed;
        this.listed = listed;
    }

    /** Begins to list on a thread of its own. */
    void begin() {
        if (this.listed) {
            Thread.startVirtualThread(this.known);
        }
    }

    /** Whether the tag may be there. */
    boolean contains(String tag) {
        return !this.listed || known().tags().contains(tag) || digests().containsKey(tag) || this.hidden || mayLack();
    }

    /**
     * Whether the listing may lack a tag that is there: a registry's own listing comes in
     * pages that shift while others write, and may leave out signatures. One that has
     * nothing at all lacks nothing.
     */
    private boolean mayLack() {
        return this.target.listsDigests() && !digests().isEmpty();
    }

    /** The digest that a tag points at; empty where the tag has to be asked for. */
    String digest(String tag) {
        if (!this.listed) {
            return "";
        }
        Known there = known();
        return there.tag().equals(tag) ? there.digest()
                : there.tags().contains(tag) ? "" : digests().getOrDefault(tag, "");
    }

    /** Whether there were none, so that no content can be there already. */
    boolean none() {
        return this.listed && known().tags().isEmpty() && digests().isEmpty() && !this.hidden;
    }

    /**
     * Whether the destination is known to refuse any change of a tag: its own listing
     * tells so.
     */
    boolean locked(String tag) {
        return this.listed && refuses(tag);
    }

    /** The same for a tag whose change was refused, which is worth a listing. */
    boolean refuses(String tag) {
        return this.target.listsDigests() && digests().containsKey(tag) && this.locked.contains(tag);
    }

    private Known known() {
        this.known.run();
        try {
            return this.known.get();
        }
        catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new StopSignal.Stopped();
        }
        catch (ExecutionException ex) {
            throw (ex.getCause() instanceof RuntimeException cause) ? cause : new IllegalStateException(ex);
        }
    }

    private Known findKnown() {
        Optional<Known> there = stillThere();
        if (there.isEmpty()) {
            digests();
        }
        return there.orElse(Known.NOTHING);
    }

    private Optional<Known> stillThere() {
        if (this.target.listsDigests()) {
            return Optional.empty();
        }
        Set<String> put = this.placed.tags().collect(Collectors.toUnmodifiableSet());
        return put.stream()
            .findFirst()
            .flatMap((tag) -> there(tag).map(Descriptor::digest).map((at) -> new Known(put, tag, at.toString())));
    }

    /**
     * Asks for a tag; where it is refused, its copy reports that and the others are
     * listed.
     */
    private Optional<Descriptor> there(String tag) {
        try {
            return this.target.head(tag);
        }
        catch (RegistryFailure ex) {
            LOG.debug("{}; the tags are listed", ex.getMessage());
            return Optional.empty();
        }
    }

    private synchronized Map<String, String> digests() {
        Map<String, String> all = this.digests;
        if (all == null) {
            all = listing();
            this.digests = all;
        }
        return all;
    }

    private Map<String, String> listing() {
        try (Stream<Artifact> tags = this.target.artifacts()) {
            // A tag may be on two pages, where it moved meanwhile.
            return tags.peek(this::noteLock)
                .collect(Collectors.toMap(Artifact::tag, Artifact::digest, (_, later) -> later));
        }
        catch (RegistryFailure ex) {
            if (ex.passing()) {
                throw ex;
            }
            this.log.line("%s; the destination is asked for each tag instead".formatted(ex.getMessage()));
            this.hidden = true;
            return Map.of();
        }
    }

    private void noteLock(Artifact artifact) {
        if (artifact.locked()) {
            this.locked.add(artifact.tag());
        }
    }

    /**
     * The tags that are known without a listing.
     *
     * @param tags what the policy has put there
     * @param tag the one that was asked for
     * @param digest what that points at
     */
    private record Known(Set<String> tags, String tag, String digest) {

        static final Known NOTHING = new Known(Set.of(), "", "");

    }

}
