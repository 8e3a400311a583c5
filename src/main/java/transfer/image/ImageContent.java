package transfer.image;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

import oci.ContentSource;
import oci.ContentTarget;
import oci.limits.ManifestHold;
import oci.model.Descriptor;
import oci.model.Digest;
import oci.model.MediaTypes;
import oci.model.RawManifest;
import oci.model.Reason;
import oci.model.RegistryFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import transfer.blob.BlobDelivery;
import transfer.blob.BlobTally;
import transfer.blob.Once;
import transfer.blob.Parallel;
import transfer.blob.RepositoryPair;
import transfer.pace.TransferSettings;

/**
 * Copies the content of one repository's manifests, blobs before the manifests that list
 * them, and puts the manifests. Content that several tags share is copied once.
 */
final class ImageContent {

    private static final Logger LOG = LoggerFactory.getLogger(ImageContent.class);

    private static final int REMEMBERED = 10_000;

    private final RepositoryPair sides;

    private final ContentSource source;

    private final ContentTarget target;

    private final DestinationTags tags;

    private final BlobDelivery blobs;

    private final TransferSettings settings;

    private final Once complete;

    private final Once put;

    /** Indexes that lack a child, with the reason. */
    private final Map<Digest, String> sparse = new ConcurrentHashMap<>();

    ImageContent(RepositoryPair sides, DestinationTags tags, BlobDelivery blobs, TransferSettings settings) {
        this.sides = sides;
        this.source = sides.source();
        this.target = sides.target();
        this.tags = tags;
        this.blobs = blobs;
        this.settings = settings;
        this.complete = new Once(sides.stop(), REMEMBERED);
        this.put = new Once(sides.stop(), REMEMBERED);
    }

    /** Copies a manifest with all it refers to; it appears under the reference last. */
    void copy(RawManifest root, String reference, ManifestHold hold, BlobTally tally) {
        tally.known();
        this.complete.ensure(root.digest(), () -> copyBelow(root, hold, tally));
        put(root, reference, hold, tally);
        this.put.done(root.digest());
    }

    /** Reads what {@link #copy} would copy, and finds what it would refuse. */
    void plan(RawManifest root, ManifestHold hold, BlobTally tally) {
        tally.known();
        this.complete.ensure(root.digest(), () -> tree(root, hold));
    }

    private void copyBelow(RawManifest root, ManifestHold hold, BlobTally tally) {
        ImageTree tree = tally.read(() -> tree(root, hold), ImageTree::allBlobs);
        if (tree.children().isEmpty()) {
            bring(tree.allBlobs(), (blob) -> this.blobs.bring(blob, tally));
            return;
        }
        FailedParts failed = new FailedParts();
        bring(tree.allBlobs(), (blob) -> failed.blob(blob, () -> this.blobs.bring(blob, tally)));
        putChildren(tree, failed, hold, tally);
        failed.refuseRoot(tree);
    }

    private ImageTree tree(RawManifest root, ManifestHold hold) {
        ImageTreeReader reader = reader(hold, this::inPlace);
        ImageTree tree = reader.read(root);
        reader.skipped().forEach(this.sides.order().log()::line);
        reader.leftOut().forEach((_, reason) -> {
            this.sides.order().log().line(reason);
            this.sparse.put(root.digest(), reason);
        });
        return tree;
    }

    private ImageTreeReader reader(ManifestHold hold, Predicate<Descriptor> there) {
        return new ImageTreeReader(this.source, hold, this.settings,
                this.sides.order().policy().behaviour().foreignLayers(), there);
    }

    private void bring(List<Descriptor> wanted, Consumer<Descriptor> way) {
        Parallel.each(wanted, this.settings.blobsInParallel(), way);
    }

    private void putChildren(ImageTree tree, FailedParts failed, ManifestHold hold, BlobTally tally) {
        Parallel.each(tree.children(), this.settings.blobsInParallel(),
                (child) -> failed.child(child.raw(), () -> putChild(child, failed, hold, tally)));
    }

    private void putChild(ImageTree child, FailedParts failed, ManifestHold hold, BlobTally tally) {
        putChildren(child, failed, hold, tally);
        failed.refuse(child);
        RawManifest raw = child.raw();
        this.put.ensure(raw.digest(), () -> put(raw, raw.digest().toString(), hold, tally));
    }

    /**
     * Whether the repository has a child with all it refers to: it has taken the manifest
     * of an image only with its blobs. An index may be sparse, so that one is read.
     */
    private boolean inPlace(Descriptor child) {
        return this.put.isDone(child.digest())
                || (MediaTypes.isImage(child.mediaType()) && !this.tags.none() && there(child));
    }

    /**
     * Whether the destination has a child; a child that it refuses to show is put again.
     */
    private boolean there(Descriptor child) {
        try {
            return this.target.head(child.digest().toString()).isPresent();
        }
        catch (RegistryFailure ex) {
            if (ex.passing()) {
                throw ex;
            }
            LOG.debug("{}; it is put anew", ex.getMessage());
            return false;
        }
    }

    private void put(RawManifest raw, String reference, ManifestHold hold, BlobTally tally) {
        // A node that was stalled has perhaps lost the task to another, whose tag is
        // newer.
        this.sides.stop().checkSurely();
        try {
            this.target.put(raw, reference);
        }
        catch (RegistryFailure.NotFound ex) {
            String leftOut = this.sparse.get(raw.digest());
            if (leftOut != null) {
                throw new Uncopyable("%s; the destination does not take the index without it (%s), its others are there"
                    .formatted(leftOut, ex.getMessage()));
            }
            this.sides.order()
                .log()
                .line("%s; all it refers to is checked and what misses is sent".formatted(ex.getMessage()));
            putAnew(raw, reference, hold, tally);
        }
    }

    /** Asks for each blob and puts each child, whatever was known of them before. */
    private void putAnew(RawManifest raw, String reference, ManifestHold hold, BlobTally tally) {
        ImageTreeReader reader = reader(hold, (_) -> false);
        ImageTree tree = reader.read(raw);
        bring(tree.allBlobs(), (blob) -> this.blobs.bringAnew(blob, tally));
        tree.children().forEach(this::putBelow);
        this.sides.stop().checkSurely();
        try {
            this.target.put(raw, reference);
        }
        catch (RegistryFailure.NotFound ex) {
            throw reader.skipped().isEmpty() ? ex
                    : new RegistryFailure.Permanent(new Reason(String.valueOf(ex.getMessage()),
                            "bytes of foreign layers were not sent, foreign_layers: copy sends them"), ex);
        }
    }

    private void putBelow(ImageTree child) {
        child.children().forEach(this::putBelow);
        this.target.put(child.raw(), child.raw().digest().toString());
    }

}
