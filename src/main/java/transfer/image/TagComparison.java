package transfer.image;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

import oci.Artifact;
import oci.ContentSource;
import oci.ContentTarget;
import oci.limits.ManifestHold;
import oci.model.Descriptor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import replication.execution.copy.Change;
import replication.execution.copy.TransferOrder.LogSink;
import replication.policy.ArtifactFilter;
import transfer.blob.RepositoryPair;

/**
 * Compares a tag that both sides list: two HEADs at most, at the same time, unless the
 * source denies what it lists.
 */
final class TagComparison {

    private static final Logger LOG = LoggerFactory.getLogger(TagComparison.class);

    private static final Executor VIRTUAL = Thread::startVirtualThread;

    private final SourceTags tags;

    private final ContentSource source;

    private final ContentTarget target;

    private final ArtifactFilter filter;

    private final LogSink log;

    private final boolean carriesDeletions;

    private final EqualDigests equal;

    private final AtomicLong unchanged = new AtomicLong();

    TagComparison(RepositoryPair sides, SourceTags tags, EqualDigests equal) {
        this.tags = tags;
        this.equal = equal;
        this.source = sides.source();
        this.target = sides.target();
        this.filter = sides.order().filter();
        this.log = sides.order().log();
        this.carriesDeletions = sides.order().policy().behaviour().deletion();
    }

    long unchanged() {
        return this.unchanged.get();
    }

    /**
     * Compares a tag on a thread of its own and gives the change to the reader: none if
     * both sides are equal, or if the content does not pass the policy's filters. A tag
     * that could not be compared is a change without digests, so that its copy meets the
     * failure and reports it.
     * @param comparison compares the digests
     */
    void begin(Artifact artifact, Supplier<Optional<Change>> comparison, Consumer<Optional<Change>> reader) {
        Thread.startVirtualThread(() -> {
            Optional<Change> change = Optional.of(Change.ofTag(artifact.tag(), "", ""));
            try {
                change = comparison.get().filter((found) -> found.gone() || selected(artifact, found));
            }
            catch (RuntimeException | Error ex) {
                LOG.debug("compare {}: {}; its copy will ask again", artifact.tag(), ex.getMessage());
            }
            finally {
                reader.accept(change);
            }
        });
    }

    private boolean selected(Artifact artifact, Change change) {
        if (!this.filter.needsContent()) {
            return true;
        }
        String reference = change.sourceDigest().isEmpty() ? artifact.tag() : change.sourceDigest();
        return this.filter.acceptsContentOf(reference).orElseGet(() -> {
            try (ManifestHold hold = new ManifestHold()) {
                return this.filter.acceptsContent(this.source.manifest(reference, hold));
            }
        });
    }

    /**
     * Asks both sides what they have.
     * @param present its digest at the destination; empty where that is to be asked
     */
    Optional<Change> ask(Artifact artifact, String present) {
        String tag = artifact.tag();
        CompletableFuture<Optional<String>> there = CompletableFuture
            .supplyAsync(() -> known(present).or(() -> this.target.head(tag).map(TagComparison::digest)), VIRTUAL);
        Optional<String> here = known(artifact.digest()).or(() -> this.tags.digest(tag, this.source));
        return verdict(tag, here, there.join());
    }

    private static Optional<String> known(String digest) {
        return Optional.of(digest).filter((text) -> !text.isEmpty());
    }

    private static String digest(Descriptor found) {
        return found.digest().toString();
    }

    private Optional<Change> verdict(String tag, Optional<String> source, Optional<String> destination) {
        if (source.isEmpty() && this.carriesDeletions && destination.isPresent()) {
            return Optional.of(Change.goneTag(tag, destination.get()));
        }
        if (source.isEmpty()) {
            this.log.line(
                    "passed over %s: it has gone from the source, or the source has lost its manifest".formatted(tag));
            return Optional.empty();
        }
        return compare(tag, source.get(), destination.orElse(""));
    }

    /** The change between two known digests; none if they are equal. */
    Optional<Change> compare(String tag, String wanted, String present) {
        if (this.equal.same(wanted, present)) {
            this.unchanged.incrementAndGet();
            return Optional.empty();
        }
        return Optional.of(Change.ofTag(tag, wanted, present));
    }

}
