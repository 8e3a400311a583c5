package oci.manifest;

import oci.manifest.ManifestScan.Part;
import oci.model.Descriptor;
import oci.model.Manifest;
import oci.model.MediaTypes;
import oci.model.RawManifest;
import oci.model.RegistryFailure;

/**
 * Reads what a manifest refers to (OCI image specification, manifest.md and
 * image-index.md; Docker image manifest version 2, schemas 1 and 2). Fields that a copy
 * does not need are passed over.
 */
public final class ManifestReader {

    private ManifestReader() {
    }

    /**
     * Reads a manifest.
     * @throws RegistryFailure.Permanent where it is none, saying why
     */
    public static Manifest read(RawManifest raw) {
        try {
            return read(raw, ManifestScan.of(raw.bytes()));
        }
        catch (ManifestScan.Malformed ex) {
            throw malformed(raw, String.valueOf(ex.getMessage()));
        }
    }

    /** The media type that a document states or, stating none, must have. */
    public static String mediaType(byte[] bytes) {
        try {
            return mediaType(ManifestScan.of(bytes));
        }
        catch (ManifestScan.Malformed _) {
            return "";
        }
    }

    /**
     * The type of the artifact that a manifest describes: the one that it states or,
     * stating none, its config's media type (OCI image specification, manifest.md,
     * "Guidelines for Artifact Usage"). Empty where it has neither, or is no manifest.
     */
    public static String artifactType(RawManifest raw) {
        try {
            ManifestScan scan = ManifestScan.of(raw.bytes());
            return !scan.artifactType().isEmpty() ? scan.artifactType()
                    : scan.distinct(Part.CONFIG).stream().map(Descriptor::mediaType).findFirst().orElse("");
        }
        catch (ManifestScan.Malformed _) {
            return "";
        }
    }

    static String mediaType(ManifestScan scan) {
        if (!scan.mediaType().isEmpty()) {
            return scan.mediaType();
        }
        if (scan.has(Part.MANIFESTS)) {
            return MediaTypes.OCI_INDEX;
        }
        return scan.has(Part.CONFIG) ? MediaTypes.OCI_IMAGE : "";
    }

    private static Manifest read(RawManifest raw, ManifestScan scan) throws ManifestScan.Malformed {
        if (MediaTypes.isLegacy(raw.mediaType()) || scan.schemaVersion() == 1) {
            return new Manifest.Legacy();
        }
        boolean lists = scan.has(Part.MANIFESTS);
        boolean holds = scan.has(Part.CONFIG) || scan.has(Part.LAYERS) || scan.has(Part.BLOBS);
        // What one client takes for an image and another for an index (CVE-2021-41190).
        if (lists && holds) {
            throw malformed(raw, "it is an image and an index at once");
        }
        if ((MediaTypes.isIndex(raw.mediaType()) && holds) || (MediaTypes.isImage(raw.mediaType()) && lists)) {
            throw malformed(raw, "its content contradicts its media type " + raw.mediaType());
        }
        if (lists || MediaTypes.isIndex(raw.mediaType())) {
            return new Manifest.Index(scan.distinct(Part.MANIFESTS));
        }
        return new Manifest.Image(scan.distinct(Part.CONFIG, Part.LAYERS, Part.BLOBS));
    }

    private static RegistryFailure malformed(RawManifest raw, String why) {
        return new RegistryFailure.Permanent("read manifest %s (%s): %s; it is not copied, as its content is not known"
            .formatted(raw.digest(), raw.mediaType(), why));
    }

}
