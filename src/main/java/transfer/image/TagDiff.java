package transfer.image;

import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;

import oci.Artifact;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import org.jspecify.annotations.Nullable;
import replication.execution.copy.Change;
import replication.execution.copy.MissingAtSource;
import replication.execution.copy.Placements;
import replication.execution.copy.TransferOrder;
import transfer.blob.RepositoryPair;

/**
 * The changes between both sides, lazily and in no order: a tag that the destination does
 * not list comes at once, the others as their comparisons end. Read by one thread.
 */
final class TagDiff implements Iterator<Change>, AutoCloseable {

    private final RepositoryPair sides;

    private final SourceTags source;

    private final DestinationTags destination;

    private final TagComparison comparison;

    private final int ahead;

    private final StopSignal stop;

    private final StopSignal.Registration link;

    private final NamedTags named;

    private final BlockingQueue<Optional<Change>> compared = new LinkedBlockingQueue<>();

    private int comparing;

    private @Nullable Names names;

    private @Nullable Change next;

    private RegistryFailure.@Nullable Incomplete incomplete;

    TagDiff(RepositoryPair sides, SourceTags source, DestinationTags destination, EqualDigests equal, int ahead) {
        this.stop = sides.stop().apart();
        this.sides = sides.until(this.stop);
        this.source = source;
        this.destination = destination;
        this.named = new NamedTags(sides.order());
        this.comparison = new TagComparison(this.sides, source, equal);
        this.ahead = ahead;
        // A signal of its own, as the reader may leave before the end.
        this.link = sides.stop().onStop(this.stop::stop);
        this.stop.onStop(() -> this.compared.add(Optional.empty()));
    }

    long unchanged() {
        return this.comparison.unchanged();
    }

    /** What the policy names and the source does not have; see {@link NamedTags}. */
    MissingAtSource missing() {
        return this.named.missing();
    }

    @Override
    public boolean hasNext() {
        if (this.next == null) {
            this.next = search();
        }
        return this.next != null;
    }

    @Override
    public Change next() {
        Change found = hasNext() ? this.next : null;
        if (found == null) {
            throw new NoSuchElementException("no more changes");
        }
        this.next = null;
        return found;
    }

    private @Nullable Change search() {
        while (true) {
            this.stop.check();
            Optional<Change> change;
            if (this.comparing < this.ahead && this.compared.isEmpty() && goesOn()) {
                change = begin(names().next());
            }
            else if (this.comparing > 0) {
                change = await();
            }
            else if (this.incomplete != null) {
                throw this.incomplete;
            }
            else {
                this.named.end(this.sides.source());
                return null;
            }
            if (change.isPresent()) {
                return change.get();
            }
        }
    }

    /**
     * Whether there is a further tag to compare. What the list lacks is reported after
     * all that it has.
     */
    private boolean goesOn() {
        try {
            return this.incomplete == null && names().hasNext();
        }
        catch (RegistryFailure.Incomplete ex) {
            this.incomplete = ex;
            return false;
        }
        catch (RegistryFailure.Unauthorized ex) {
            throw this.named.refused(ex);
        }
    }

    private Optional<Change> begin(Artifact artifact) {
        TransferOrder order = this.sides.order();
        String tag = artifact.tag();
        if (!order.named() && order.policy().behaviour().deletion() && !this.source.lists(tag)) {
            return Optional.of(Change.goneTag(tag, ""));
        }
        boolean there = this.destination.contains(tag);
        String present = there ? this.destination.digest(tag) : "";
        if (there && (artifact.digest().isEmpty() || present.isEmpty())) {
            this.comparing++;
            this.comparison.begin(artifact, () -> this.comparison.ask(artifact, present), this.compared::add);
            return Optional.empty();
        }
        Optional<Change> change = there ? this.comparison.compare(tag, artifact.digest(), present)
                : Optional.of(Change.ofTag(tag, artifact.digest(), ""));
        if (change.isEmpty() || !order.filter().needsContent()) {
            return change;
        }
        this.comparing++;
        this.comparison.begin(artifact, () -> change, this.compared::add);
        return Optional.empty();
    }

    private Optional<Change> await() {
        try {
            Optional<Change> change = this.compared.take();
            this.stop.check();
            this.comparing--;
            return change;
        }
        catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new StopSignal.Stopped();
        }
    }

    private Iterator<Artifact> names() {
        Names open = this.names;
        if (open == null) {
            this.destination.begin();
            Stream<Artifact> tags = tags();
            open = new Names(tags, tags.iterator());
            this.names = open;
        }
        return open.iterator();
    }

    /**
     * The tags to be compared: those that are named, or all of the source and, where
     * deletions are carried over, then those that have gone from it.
     */
    private Stream<Artifact> tags() {
        TransferOrder order = this.sides.order();
        if (order.named()) {
            return named(order);
        }
        Stream<Artifact> there = order.filter()
            .listed(this.source.all(this.sides.source()).peek((artifact) -> this.named.saw(artifact.tag())));
        if (!order.policy().behaviour().deletion()) {
            return there;
        }
        return Stream.concat(there, names(Stream.of(order.placed()).flatMap(this::gone)));
    }

    /**
     * The tags that an event has named; the source is listed, past caches, only if a
     * filter asks for it.
     */
    private Stream<Artifact> named(TransferOrder order) {
        if (!order.filter().needsListing()) {
            return names(order.tags().stream());
        }
        Set<String> deleted = new HashSet<>(order.deleted());
        Stream<Artifact> there = order.filter()
            .listed(this.sides.source().afresh().artifacts().peek((artifact) -> deleted.remove(artifact.tag())))
            .filter((artifact) -> order.tags().contains(artifact.tag()));
        return Stream.concat(there, names(Stream.of(deleted).flatMap(Set::stream)));
    }

    private Stream<Artifact> names(Stream<String> tags) {
        return tags.filter(this.sides.order().filter()::acceptsName).map(Artifact::tagged);
    }

    private Stream<String> gone(Placements placed) {
        return placed.tags().filter((tag) -> !this.source.lists(tag));
    }

    /** Ends the comparisons that are under way. */
    @Override
    public void close() {
        this.link.close();
        this.stop.stop();
        if (this.names != null) {
            this.names.tags().close();
        }
    }

    private record Names(Stream<Artifact> tags, Iterator<Artifact> iterator) {
    }

}
