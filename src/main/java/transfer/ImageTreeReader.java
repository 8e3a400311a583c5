package transfer;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Stream;

import oci.ContentSource;
import oci.Descriptor;
import oci.Digest;
import oci.Manifest;
import oci.ManifestReader;
import oci.RawManifest;
import replication.registry.RegistryFailure;

/**
 * Reads all manifests below one from the source before any blob is sent, so that what
 * cannot be copied whole is not begun. For one tree.
 */
final class ImageTreeReader {

    /** What one tree's manifests may take of the memory. */
    private static final long MOST_BYTES = 64L * 1024 * 1024;

    private final ContentSource source;

    private final TransferSettings settings;

    private final Predicate<Descriptor> inPlace;

    private final AtomicInteger manifests = new AtomicInteger();

    private final AtomicLong bytes = new AtomicLong();

    /**
     * For one tree.
     * @param inPlace tells the children that need not be read, as the destination has
     * them with all they refer to
     */
    ImageTreeReader(ContentSource source, TransferSettings settings, Predicate<Descriptor> inPlace) {
        this.source = source;
        this.settings = settings;
        this.inPlace = inPlace;
    }

    /**
     * Reads the tree.
     * @throws Uncopyable where any part of it is of a kind that is not copied
     */
    ImageTree read(RawManifest root) {
        return read(root, List.of());
    }

    private ImageTree read(RawManifest raw, List<Digest> above) {
        refuseTooLarge(raw, above);
        return switch (ManifestReader.read(raw)) {
            case Manifest.Legacy _ -> throw new Uncopyable(
                    "%s is a manifest of Docker's schema 1, which registries no longer take; push the image anew with a current client"
                        .formatted(raw.digest()));
            case Manifest.Image image -> new ImageTree(raw, distributable(raw, image), List.of());
            case Manifest.Index index -> new ImageTree(raw, List.of(),
                    children(raw, index, Stream.concat(above.stream(), Stream.of(raw.digest())).toList()));
        };
    }

    private static List<Descriptor> distributable(RawManifest raw, Manifest.Image image) {
        image.foreignLayer().ifPresent((layer) -> {
            throw new Uncopyable("layer %s (%s) of %s is foreign: it may not be distributed by this registry%s"
                .formatted(layer.digest(), layer.mediaType(), raw.digest(),
                        layer.urls().isEmpty() ? "" : ", but lies at " + layer.urls().getFirst()));
        });
        return image.blobs();
    }

    private List<ImageTree> children(RawManifest index, Manifest.Index list, List<Digest> path) {
        Map<Digest, ImageTree> read = new ConcurrentHashMap<>();
        Parallel.each(list.children(), this.settings.blobsInParallel(), (child) -> {
            if (!this.inPlace.test(child)) {
                read.put(child.digest(), child(index, child, path));
            }
        });
        return list.children().stream().map((child) -> read.get(child.digest())).filter(Objects::nonNull).toList();
    }

    private ImageTree child(RawManifest index, Descriptor child, List<Digest> path) {
        if (path.contains(child.digest())) {
            throw new RegistryFailure.Permanent(
                    "read index %s: it lists %s, which lists it".formatted(index.digest(), child.digest()));
        }
        try {
            return read(this.source.manifest(child.digest().toString()), path);
        }
        catch (RegistryFailure.NotFound ex) {
            throw new RegistryFailure.Permanent(
                    "read index %s: the source misses its child %s (%s); a sparse index cannot be copied whole"
                        .formatted(index.digest(), child.digest(), ex.getMessage()),
                    ex);
        }
    }

    private void refuseTooLarge(RawManifest raw, List<Digest> above) {
        if (above.size() >= this.settings.manifestDepth()) {
            throw new RegistryFailure.Permanent("read manifest %s: indexes are nested more than %d deep"
                .formatted(raw.digest(), this.settings.manifestDepth()));
        }
        if (this.manifests.incrementAndGet() > this.settings.manifests()
                || this.bytes.addAndGet(raw.bytes().length) > MOST_BYTES) {
            throw new RegistryFailure.Permanent(
                    "read manifest %s: the image has more than %d manifests or %d bytes of them".formatted(raw.digest(),
                            this.settings.manifests(), MOST_BYTES));
        }
    }

}
