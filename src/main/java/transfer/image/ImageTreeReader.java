package transfer.image;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Stream;

import oci.ContentSource;
import oci.limits.ManifestHold;
import oci.manifest.ManifestReader;
import oci.model.Descriptor;
import oci.model.Digest;
import oci.model.Manifest;
import oci.model.MediaTypes;
import oci.model.MediaTypes.Kind;
import oci.model.OutsideText;
import oci.model.RawManifest;
import oci.model.RegistryFailure;
import replication.policy.ForeignLayers;
import transfer.blob.Parallel;
import transfer.pace.TransferSettings;

/**
 * Reads all manifests below one from the source before any blob is sent, so that what
 * cannot be copied whole is not begun. For one tree.
 */
final class ImageTreeReader {

    /** In characters, of what the source says. */
    private static final int LONGEST = 200;

    private final ContentSource source;

    private final ManifestHold hold;

    private final TransferSettings settings;

    private final Predicate<Descriptor> inPlace;

    private final ForeignLayers foreign;

    /** The layers that are not copied, with the reason. */
    private final Queue<String> skipped = new ConcurrentLinkedQueue<>();

    private final Map<Digest, String> leftOut = new ConcurrentHashMap<>();

    private final AtomicInteger manifests = new AtomicInteger();

    private final AtomicLong bytes = new AtomicLong();

    /**
     * For one tree.
     * @param hold of what is read
     * @param inPlace tells the children that need not be read, as the destination has
     * them with all they refer to
     * @param foreign what becomes of layers that may not be distributed
     */
    ImageTreeReader(ContentSource source, ManifestHold hold, TransferSettings settings, ForeignLayers foreign,
            Predicate<Descriptor> inPlace) {
        this.hold = hold;
        this.foreign = foreign;
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

    /** A line for each layer that is not copied. */
    List<String> skipped() {
        return List.copyOf(this.skipped);
    }

    /** The children that are not copied, with the reason. */
    Map<Digest, String> leftOut() {
        return Map.copyOf(this.leftOut);
    }

    private ImageTree read(RawManifest raw, List<Digest> above) {
        refuseTooLarge(raw, above);
        return switch (ManifestReader.read(raw)) {
            case Manifest.Legacy _ -> throw new Uncopyable(
                    "%s is a manifest of Docker's schema 1, which registries no longer take; push the image anew with a current client"
                        .formatted(raw.digest()));
            case Manifest.Image image -> new ImageTree(raw, distributable(raw, image), List.of());
            case Manifest.Index index ->
                index(raw, index, Stream.concat(above.stream(), Stream.of(raw.digest())).toList());
        };
    }

    private List<Descriptor> distributable(RawManifest raw, Manifest.Image image) {
        List<Descriptor> foreigners = image.blobs().stream().filter(Descriptor::foreign).toList();
        if (foreigners.isEmpty() || this.foreign == ForeignLayers.COPY) {
            return image.blobs();
        }
        if (this.foreign == ForeignLayers.SKIP_IMAGE) {
            throw new Uncopyable.Foreign("%s is skipped (foreign_layers: skip_image): its %s".formatted(raw.digest(),
                    told(foreigners.getFirst())));
        }
        foreigners.forEach(
                (layer) -> this.skipped.add("of %s the manifest is copied, but not (foreign_layers: skip_bytes) its %s"
                    .formatted(raw.digest(), told(layer))));
        return image.blobs().stream().filter(Predicate.not(Descriptor::foreign)).toList();
    }

    private static String told(Descriptor layer) {
        return "layer %s (%s) is foreign%s".formatted(layer.digest(), OutsideText.line(layer.mediaType(), LONGEST),
                layer.urls().isEmpty() ? "" : " and lies at " + OutsideText.line(layer.urls().getFirst(), LONGEST));
    }

    private ImageTree index(RawManifest index, Manifest.Index list, List<Digest> path) {
        Map<Digest, ImageTree> read = new ConcurrentHashMap<>();
        Set<Digest> blobs = ConcurrentHashMap.newKeySet();
        Parallel.each(list.children(), this.settings.blobsInParallel(), (child) -> {
            Kind kind = MediaTypes.kind(child);
            if (kind == Kind.BLOB) {
                blobs.add(child.digest());
            }
            else if (!this.inPlace.test(child)) {
                child(index, child, path).ifPresentOrElse((tree) -> read.put(child.digest(), tree), () -> {
                    if (kind == Kind.UNKNOWN) {
                        blobs.add(child.digest());
                    }
                });
            }
        });
        return new ImageTree(index, list.children().stream().filter((child) -> blobs.contains(child.digest())).toList(),
                list.children().stream().map((child) -> read.get(child.digest())).filter(Objects::nonNull).toList());
    }

    /**
     * The child's tree; empty if the child is left out, or if it turns out to be no
     * manifest.
     */
    private Optional<ImageTree> child(RawManifest index, Descriptor child, List<Digest> path) {
        if (path.contains(child.digest())) {
            throw new RegistryFailure.Permanent(
                    "read index %s: it lists %s, which lists it".formatted(index.digest(), child.digest()));
        }
        try {
            return Optional.of(read(this.source.manifest(child.digest().toString(), this.hold), path));
        }
        catch (Uncopyable.Foreign ex) {
            this.leftOut.put(child.digest(), ex.reason());
            return Optional.empty();
        }
        catch (RegistryFailure.NotFound | RegistryFailure.Permanent ex) {
            if (MediaTypes.kind(child) == Kind.UNKNOWN) {
                return Optional.empty();
            }
            if (ex instanceof RegistryFailure.Permanent) {
                throw ex;
            }
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
                || this.bytes.addAndGet(raw.bytes().length) > ManifestHold.MOST) {
            throw new RegistryFailure.Permanent(
                    "read manifest %s: the image has more than %d manifests or %d bytes of them".formatted(raw.digest(),
                            this.settings.manifests(), ManifestHold.MOST));
        }
    }

}
