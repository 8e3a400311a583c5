package transfer;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import replication.execution.Change;
import replication.execution.StopSignal;
import replication.policy.Filter;
import replication.policy.Policy;

/**
 * What differs between both sides, lazily and in no order: a tag that the destination
 * does not list comes at once, the others as their comparisons end. Read by one thread.
 */
final class TagDiff implements Iterator<Change>, AutoCloseable {

    private final Sides sides;

    private final DestinationTags destination;

    private final TagComparison comparison;

    private final int ahead;

    private final StopSignal stop = new StopSignal();

    private final StopSignal.Registration link;

    private final BlockingQueue<Optional<Change>> compared = new LinkedBlockingQueue<>();

    private int comparing;

    private @Nullable Names names;

    private @Nullable Change next;

    TagDiff(Sides sides, DestinationTags destination, int ahead) {
        this.sides = sides.until(this.stop);
        this.destination = destination;
        this.comparison = new TagComparison(this.sides);
        this.ahead = ahead;
        // A signal of its own, as the reader may leave before the end.
        this.link = sides.stop().onStop(this.stop::stop);
        this.stop.onStop(() -> this.compared.add(Optional.empty()));
    }

    long unchanged() {
        return this.comparison.unchanged();
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
            if (this.comparing < this.ahead && this.compared.isEmpty() && names().hasNext()) {
                change = begin(names().next());
            }
            else if (this.comparing > 0) {
                change = await();
            }
            else {
                return null;
            }
            if (change.isPresent()) {
                return change.get();
            }
        }
    }

    private Optional<Change> begin(String tag) {
        if (!this.destination.contains(tag)) {
            return Optional.of(new Change(tag, "", ""));
        }
        this.comparing++;
        this.comparison.begin(tag, this.compared::add);
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

    private Iterator<String> names() {
        Names open = this.names;
        if (open == null) {
            this.destination.none();
            Stream<String> tags = this.sides.source().tags();
            open = new Names(tags, tags.filter((tag) -> accepts(this.sides.order().policy(), tag)).iterator());
            this.names = open;
        }
        return open.iterator();
    }

    private static boolean accepts(Policy policy, String tag) {
        return policy.filters().stream().allMatch((filter) -> switch (filter) {
            case Filter.Tag wanted -> wanted.accepts(tag);
            case Filter.Name _, Filter.Resource _ -> true;
        });
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

    private record Names(Stream<String> tags, Iterator<String> iterator) {
    }

}
