package transfer;

import java.util.Iterator;
import java.util.Optional;
import java.util.function.Predicate;

import oci.Descriptor;
import oci.Digest;
import oci.RawManifest;
import org.jspecify.annotations.Nullable;
import replication.execution.Change;
import replication.execution.Outcome;
import replication.execution.RepositoryCopy;
import replication.policy.Filter;
import replication.registry.RegistryFailure;

/** One repository's copy: the diff, and for each difference an outcome. */
final class ImageRepositoryCopy implements RepositoryCopy {

    private final Ends ends;

    private final BlobCopy blobs;

    private final ImageCopy images;

    private final TransferSettings settings;

    private volatile boolean destinationWasEmpty;

    private volatile @Nullable TagDiff diff;

    ImageRepositoryCopy(Ends ends, BlobCopy blobs, TransferSettings settings) {
        this.ends = ends;
        this.blobs = blobs;
        this.settings = settings;
        this.images = new ImageCopy(ends, blobs, settings, this::there);
    }

    private boolean there(Digest child) {
        return !this.destinationWasEmpty && this.ends.target().head(child.toString()).isPresent();
    }

    @Override
    public Iterator<Change> changes() {
        TagDiff opened = new TagDiff(this.ends, wanted(), this.settings.compareAhead());
        this.diff = opened;
        this.destinationWasEmpty = opened.destinationWasEmpty();
        if (this.destinationWasEmpty) {
            this.blobs.repositoryWasEmpty();
        }
        return opened;
    }

    private Predicate<String> wanted() {
        return this.ends.order()
            .policy()
            .filters()
            .stream()
            .filter(Filter.Tag.class::isInstance)
            .map(Filter.Tag.class::cast)
            .map((filter) -> (Predicate<String>) filter::accepts)
            .reduce((_) -> true, Predicate::and);
    }

    @Override
    public long unchanged() {
        TagDiff opened = this.diff;
        return (opened != null) ? opened.unchanged() : 0;
    }

    @Override
    public Outcome copy(Change change) {
        Outcome outcome = outcome(change);
        String reason = outcome.reason().isEmpty() ? "" : ": " + outcome.reason();
        this.ends.order()
            .log()
            .line("%s %s %s (%d bytes sent)%s".formatted(outcome.result().id(), outcome.reference(), outcome.digest(),
                    outcome.bytes(), reason));
        return outcome;
    }

    private Outcome outcome(Change change) {
        String tag = change.reference();
        try {
            Optional<String> kept = keptInstead(change);
            if (kept.isPresent()) {
                return Outcome.kept(tag, kept.get(),
                        "the destination has %s and the policy does not override".formatted(kept.get()));
            }
            RawManifest root = this.ends.source()
                .manifest(change.sourceDigest().isEmpty() ? tag : change.sourceDigest());
            return Outcome.copied(tag, root.digest().toString(), this.images.copy(root, tag));
        }
        catch (NotCopied reason) {
            return Outcome.skipped(tag, change.sourceDigest(), String.valueOf(reason.getMessage()));
        }
        catch (RegistryFailure failure) {
            return Outcome.failed(tag, change.sourceDigest(), 0, String.valueOf(failure.getMessage()));
        }
    }

    /** What the destination has under this tag, where that is to stay. */
    private Optional<String> keptInstead(Change change) {
        if (this.ends.order().policy().override()) {
            return Optional.empty();
        }
        if (!change.destinationDigest().isEmpty()) {
            return Optional.of(change.destinationDigest());
        }
        // Another may have pushed it since the list was read.
        return this.ends.target().head(change.reference()).map(Descriptor::digest).map(Digest::toString);
    }

    @Override
    public void close() {
        TagDiff opened = this.diff;
        if (opened != null) {
            opened.close();
        }
    }

}
