package transfer.image;

import java.util.Optional;
import java.util.function.Supplier;

import oci.ContentSource;
import oci.ContentTarget;
import oci.limits.ManifestHold;
import oci.model.Descriptor;
import oci.model.Digest;
import oci.model.RawManifest;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import replication.Defect;
import replication.StoreAway;
import replication.execution.copy.Change;
import replication.execution.copy.Outcome;
import replication.execution.copy.Subject;
import replication.execution.copy.TransferOrder;
import replication.execution.state.Mode;
import transfer.blob.BlobTally;
import transfer.blob.RepositoryPair;
import transfer.pace.Traffic;

/** Copies or deletes one tag and returns its outcome. */
final class ImageCopy {

    private static final Logger LOG = LoggerFactory.getLogger(ImageCopy.class);

    private static final String LOCKED = "the destination has locked the tag and refuses to change it";

    private final TransferOrder order;

    private final ContentSource source;

    private final ContentTarget target;

    private final SourceTags sourceTags;

    private final DestinationTags tags;

    private final ImageContent content;

    private final EqualDigests equal;

    private final Traffic traffic;

    ImageCopy(RepositoryPair sides, SourceTags sourceTags, DestinationTags tags, ImageContent content,
            EqualDigests equal, Traffic traffic) {
        this.sourceTags = sourceTags;
        this.equal = equal;
        this.traffic = traffic;
        this.order = sides.order();
        this.source = sides.source();
        this.target = sides.target();
        this.tags = tags;
        this.content = content;
    }

    Outcome copy(Change change) {
        BlobTally tally = new BlobTally(this.traffic);
        try (ManifestHold hold = new ManifestHold()) {
            Outcome outcome = guarded(change, tally, () -> decide(change, hold, tally));
            this.order.log().line(line(outcome, tally));
            return outcome;
        }
        finally {
            tally.end();
        }
    }

    private Outcome decide(Change change, ManifestHold hold, BlobTally tally) {
        if (change.gone()) {
            return delete(change);
        }
        if (!change.sourceDigest().isEmpty() || !this.tags.contains(change.reference())) {
            return perhapsCopy(change, hold, tally);
        }
        // The comparison has failed: what it left open is asked again.
        Optional<String> wanted = this.sourceTags.digest(change.reference(), this.source);
        String present = this.target.head(change.reference()).map(ImageCopy::digest).orElse("");
        if (wanted.isEmpty()) {
            boolean carriedOver = this.order.policy().behaviour().deletion() && !present.isEmpty();
            return carriedOver ? delete(new Change(change.subject(), "", present, true)) : gone(change);
        }
        return perhapsCopy(new Change(change.subject(), wanted.get(), present), hold, tally);
    }

    private Outcome perhapsCopy(Change change, ManifestHold hold, BlobTally tally) {
        String tag = change.reference();
        if (this.equal.same(change.sourceDigest(), change.destinationDigest())) {
            return Outcome.unchanged(change.subject(), change.sourceDigest());
        }
        Optional<String> stays = stays(change);
        if (stays.isPresent() && !this.equal.untold(change.sourceDigest(), change.destinationDigest())) {
            return kept(change, stays.get());
        }
        Optional<String> withheld = this.sourceTags.withheld(tag);
        if (withheld.isPresent()) {
            return Outcome.skipped(change.subject(), change.sourceDigest(), withheld.get());
        }
        Optional<RawManifest> root = change.sourceDigest().isEmpty() ? read(tag, hold)
                : read(change.sourceDigest(), hold).or(() -> read(tag, hold));
        return root.map((manifest) -> copy(manifest, change, hold, tally)).orElseGet(() -> gone(change));
    }

    /**
     * Deletes a tag only if the source has lost it and this policy has put it there. Any
     * doubt keeps it.
     */
    private Outcome delete(Change change) {
        String tag = change.reference();
        Optional<Descriptor> present = this.target.head(tag);
        String digest = present.map(ImageCopy::digest).orElse(change.destinationDigest());
        Optional<String> objection = this.sourceTags.doubt(tag)
            .or(() -> present.flatMap((_) -> objection(tag, digest)))
            .or(() -> present.map((_) -> LOCKED).filter((_) -> this.tags.locked(tag)));
        if (objection.isPresent()) {
            return Outcome.kept(change.subject(), digest, objection.get());
        }
        if (present.isEmpty()) {
            return (this.order.mode() == Mode.PLAN) ? Outcome.wouldDelete(change.subject(), digest)
                    : Outcome.deleted(change.subject(), digest);
        }
        if (this.order.mode() == Mode.PLAN) {
            return Outcome.wouldDelete(change.subject(), digest);
        }
        this.order.stop().checkSurely();
        return this.target.delete(tag, present.get().digest(), this::alsoDeleted)
            .map((reason) -> Outcome.kept(change.subject(), digest, reason))
            .orElseGet(() -> Outcome.deleted(change.subject(), digest));
    }

    /**
     * Whether another tag of the same manifest is to be deleted as well, so that it is no
     * reason to keep the manifest.
     */
    private boolean alsoDeleted(String tag, Digest present) {
        return this.order.filter().acceptsName(tag) && objection(tag, present.toString()).isEmpty()
                && this.sourceTags.doubt(tag).isEmpty();
    }

    private Optional<String> objection(String tag, String present) {
        Optional<String> put = this.order.placed().digest(new Subject.Tag(tag));
        if (put.isEmpty()) {
            return Optional.of("the source has it no more, but this policy has not put it there");
        }
        if (put.get().isEmpty()) {
            return Optional.of("the source has it no more, but what this policy put there is not known");
        }
        return put.get().equals(present)
                ? this.order.placed()
                    .alsoBy(new Subject.Tag(tag))
                    .map("the source has it no more, but the policy %s has put it there as well"::formatted)
                : Optional.of("the source has it no more, but somebody has changed it since: it was " + put.get());
    }

    private Outcome copy(RawManifest root, Change change, ManifestHold hold, BlobTally tally) {
        String tag = change.reference();
        String digest = root.digest().toString();
        if (this.equal.same(root, change.destinationDigest())) {
            return Outcome.unchanged(change.subject(), digest);
        }
        if (!this.order.filter().acceptsContent(root)) {
            return Outcome.skipped(change.subject(), digest, "its content does not pass the policy's filters any more");
        }
        Optional<String> stays = stays(change);
        if (stays.isPresent()) {
            return kept(change, stays.get());
        }
        if (!root.digest().algorithm().equals("sha256")) {
            // The destination may call it otherwise.
            this.equal.learn(root);
        }
        return guarded(new Change(change.subject(), digest, change.destinationDigest()), tally, () -> {
            if (this.order.mode() == Mode.PLAN) {
                this.content.plan(root, hold, tally);
                return Outcome.wouldCopy(change.subject(), digest);
            }
            try {
                this.content.copy(root, tag, hold, tally);
            }
            catch (RegistryFailure.Permanent ex) {
                if (!change.destinationDigest().isEmpty() && this.tags.refuses(tag)) {
                    return kept(new Change(change.subject(), digest, change.destinationDigest()), LOCKED);
                }
                throw ex;
            }
            return Outcome.copied(change.subject(), digest, tally.bytes());
        });
    }

    /** Why a tag that differs is not replaced; empty if it is. */
    private Optional<String> stays(Change change) {
        if (change.destinationDigest().isEmpty()) {
            return Optional.empty();
        }
        return !this.order.policy().behaviour().override() ? Optional.of("the policy does not override")
                : Optional.of(LOCKED).filter((_) -> this.tags.locked(change.reference()));
    }

    private static Outcome kept(Change change, String reason) {
        return Outcome.kept(change.subject(), change.destinationDigest(), "the destination has %s, the source %s; %s"
            .formatted(change.destinationDigest(), change.sourceDigest(), reason));
    }

    private static Outcome gone(Change change) {
        return Outcome.skipped(change.subject(), change.sourceDigest(),
                "it has gone from the source since it was listed, or the source has lost its manifest");
    }

    /**
     * Turns any failure but a stop and an unreachable database into the tag's outcome, so
     * that one bad tag never ends the others.
     */
    private Outcome guarded(Change change, BlobTally tally, Supplier<Outcome> step) {
        try {
            return step.get();
        }
        catch (StopSignal.Stopped | StoreAway ex) {
            throw ex;
        }
        catch (Uncopyable ex) {
            return Outcome.skipped(change.subject(), change.sourceDigest(), ex.reason());
        }
        catch (RegistryFailure.Withheld ex) {
            return Outcome.skipped(change.subject(), change.sourceDigest(), String.valueOf(ex.getMessage()));
        }
        catch (RegistryFailure ex) {
            this.order.stop().check();
            return Outcome.failed(change.subject(), change.sourceDigest(), tally.bytes(), ex);
        }
        catch (RuntimeException | StackOverflowError ex) {
            this.order.stop().check();
            LOG.error("copy {} of {}: unforeseen; this tag fails, the others go on", change.reference(),
                    this.order.sourceRepository(), ex);
            return Outcome.failed(change.subject(), change.sourceDigest(), tally.bytes(),
                    "copy %s: %s".formatted(change.reference(), told(ex)));
        }
    }

    private static String told(Throwable ex) {
        return (ex instanceof RuntimeException) ? "unforeseen: " + ex : String.valueOf(Defect.of(ex).getMessage());
    }

    private Optional<RawManifest> read(String reference, ManifestHold hold) {
        try {
            return Optional.of(this.source.manifest(reference, hold));
        }
        catch (RegistryFailure.NotFound _) {
            return Optional.empty();
        }
    }

    private static String digest(Descriptor found) {
        return found.digest().toString();
    }

    private static String line(Outcome outcome, BlobTally tally) {
        String what = "%s %s %s"
            .formatted(outcome.result().id().replace('_', ' '), outcome.reference(), outcome.digest())
            .strip();
        return switch (outcome.result()) {
            case DELETED, WOULD_COPY, WOULD_DELETE -> what;
            case COPIED -> "%s (%s)".formatted(what, tally);
            case UNCHANGED -> what;
            case KEPT, SKIPPED, FAILED -> "%s: %s".formatted(what, outcome.why());
        };
    }

}
