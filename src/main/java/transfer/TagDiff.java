package transfer;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Stream;

import oci.ContentTarget;
import oci.Descriptor;
import oci.Digest;
import org.jspecify.annotations.Nullable;
import replication.execution.Change;
import replication.registry.RegistryFailure;

/**
 * Yields the tags that differ between the two ends, lazily. A tag that the destination's
 * list lacks is not asked for any more; one that both have is compared by two HEADs, so
 * many at once as may be ahead of the reader.
 */
final class TagDiff implements Iterator<Change>, AutoCloseable {

    private final Ends ends;

    private final int ahead;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private final Stream<String> listing;

    private final Iterator<String> tags;

    private final Set<String> there;

    private final Queue<Future<Optional<Change>>> compared = new ArrayDeque<>();

    private final AtomicLong unchanged = new AtomicLong();

    private @Nullable Change next;

    TagDiff(Ends ends, Predicate<String> wanted, int ahead) {
        this.ends = ends;
        this.ahead = ahead;
        Future<Set<String>> destination = this.threads.submit(() -> tags(ends.target()));
        this.listing = ends.source().tags();
        this.tags = this.listing.filter(wanted).iterator();
        this.there = outcome(destination);
    }

    private static Set<String> tags(ContentTarget target) {
        Set<String> all = new HashSet<>();
        try (Stream<String> listed = target.tags()) {
            listed.forEach(all::add);
        }
        return all;
    }

    /**
     * Whether the destination had no tags before: then it has nothing that need be asked
     * for.
     */
    boolean destinationWasEmpty() {
        return this.there.isEmpty();
    }

    long unchanged() {
        return this.unchanged.get();
    }

    @Override
    public boolean hasNext() {
        while (this.next == null) {
            lookAhead();
            Future<Optional<Change>> first = this.compared.poll();
            if (first == null) {
                return false;
            }
            this.next = outcome(first).orElse(null);
        }
        return true;
    }

    @Override
    public Change next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Change change = Objects.requireNonNull(this.next);
        this.next = null;
        return change;
    }

    private void lookAhead() {
        while (this.compared.size() < this.ahead && this.tags.hasNext()) {
            String tag = this.tags.next();
            this.compared.add(this.there.contains(tag) ? this.threads.submit(() -> compare(tag))
                    : CompletableFuture.completedFuture(Optional.of(new Change(tag, "", ""))));
        }
    }

    private Optional<Change> compare(String tag) {
        Callable<Optional<Descriptor>> headDestination = () -> this.ends.target().head(tag);
        Future<Optional<Descriptor>> destination = this.threads.submit(headDestination);
        try {
            Optional<Descriptor> source = this.ends.source().head(tag);
            String before = digest(outcome(destination));
            if (source.isEmpty()) {
                this.ends.order().log().line(tag + " has gone from the source while it was compared");
                return Optional.empty();
            }
            if (digest(source).equals(before)) {
                this.unchanged.incrementAndGet();
                return Optional.empty();
            }
            return Optional.of(new Change(tag, digest(source), before));
        }
        catch (RegistryFailure _) {
            // The copy asks again and reports what it meets: one tag's trouble is not the
            // others'.
            return Optional.of(new Change(tag, "", ""));
        }
    }

    private static String digest(Optional<Descriptor> descriptor) {
        return descriptor.map(Descriptor::digest).map(Digest::toString).orElse("");
    }

    private static <T> T outcome(Future<T> future) {
        try {
            return future.get();
        }
        catch (ExecutionException ex) {
            if (ex.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(ex.getCause());
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while tags are compared", ex);
        }
    }

    @Override
    public void close() {
        this.listing.close();
        this.threads.shutdownNow();
    }

}
