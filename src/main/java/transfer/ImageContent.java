package transfer;

import oci.ContentSource;
import oci.ContentTarget;
import oci.Descriptor;
import oci.ManifestTypes;
import oci.RawManifest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import replication.registry.RegistryFailure;

/**
 * Copies what a manifest refers to, blobs before the manifests that list them, and puts
 * manifests. For one repository; content that several tags share is copied once.
 */
final class ImageContent {

    private static final Logger LOG = LoggerFactory.getLogger(ImageContent.class);

    private static final int REMEMBERED = 10_000;

    private final Sides sides;

    private final ContentSource source;

    private final ContentTarget target;

    private final DestinationTags tags;

    private final BlobDelivery blobs;

    private final TransferSettings settings;

    private final Once complete;

    private final Once put;

    ImageContent(Sides sides, DestinationTags tags, BlobDelivery blobs, TransferSettings settings) {
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
    void copy(RawManifest root, String reference, Tally tally) {
        tally.known();
        this.complete.ensure(root.digest(), () -> copyBelow(root, tally));
        put(root, reference, tally);
        this.put.done(root.digest());
    }

    private void copyBelow(RawManifest root, Tally tally) {
        ImageTree tree = tally.read(() -> new ImageTreeReader(this.source, this.settings, this::inPlace).read(root));
        Parallel.each(tree.allBlobs(), this.settings.blobsInParallel(), (blob) -> this.blobs.bring(blob, tally));
        putChildren(tree, tally);
    }

    private void putChildren(ImageTree tree, Tally tally) {
        Parallel.each(tree.children(), this.settings.blobsInParallel(), (child) -> {
            putChildren(child, tally);
            RawManifest raw = child.raw();
            this.put.ensure(raw.digest(), () -> put(raw, raw.digest().toString(), tally));
        });
    }

    /**
     * Whether the repository has a child with all it refers to: it has taken the manifest
     * of an image only with its blobs. An index may be sparse, so that one is read.
     */
    private boolean inPlace(Descriptor child) {
        return this.put.isDone(child.digest())
                || (ManifestTypes.isImage(child.mediaType()) && !this.tags.none() && there(child));
    }

    /** One that may not be looked at is put anew. */
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

    private void put(RawManifest raw, String reference, Tally tally) {
        // A node that was stalled has perhaps lost the task to another, whose tag is
        // newer.
        this.sides.stop().checkSurely();
        try {
            this.target.put(raw, reference);
        }
        catch (RegistryFailure.NotFound ex) {
            this.sides.order()
                .log()
                .line("%s; all it refers to is checked and what misses is sent".formatted(ex.getMessage()));
            putAnew(raw, reference, tally);
        }
    }

    /** Nothing believed counts any more: each blob is asked for, each child put. */
    private void putAnew(RawManifest raw, String reference, Tally tally) {
        ImageTree tree = new ImageTreeReader(this.source, this.settings, (_) -> false).read(raw);
        Parallel.each(tree.allBlobs(), this.settings.blobsInParallel(), (blob) -> this.blobs.bringAnew(blob, tally));
        tree.children().forEach(this::putBelow);
        this.sides.stop().checkSurely();
        this.target.put(raw, reference);
    }

    private void putBelow(ImageTree child) {
        child.children().forEach(this::putBelow);
        this.target.put(child.raw(), child.raw().digest().toString());
    }

}
