package oci;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Media types by which manifests are told apart. */
public final class ManifestTypes {

    public static final String OCI_IMAGE = "application/vnd.oci.image.manifest.v1+json";

    public static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";

    public static final String DOCKER_IMAGE = "application/vnd.docker.distribution.manifest.v2+json";

    public static final String DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";

    /** Of a draft of 2022; it has {@code blobs} in the place of config and layers. */
    static final String ARTIFACT = "application/vnd.oci.artifact.manifest.v1+json";

    /**
     * What lies in registries as blobs, also where an index lists it, as BuildKit's cache
     * does.
     */
    private static final List<String> BLOBS = List.of("application/vnd.oci.image.layer.",
            "application/vnd.oci.image.config.", "application/vnd.oci.empty.", "application/vnd.docker.image.rootfs.",
            "application/vnd.docker.container.image.", "application/vnd.buildkit.cacheconfig.");

    /** In bytes: registries take no larger manifest. */
    private static final long LARGEST = 4L * 1024 * 1024;

    private static final Set<String> LEGACY = Set.of("application/vnd.docker.distribution.manifest.v1+json",
            "application/vnd.docker.distribution.manifest.v1+prettyjws");

    private ManifestTypes() {
    }

    /** Whether it names a list of manifests. */
    public static boolean isIndex(String mediaType) {
        return mediaType.equals(OCI_INDEX) || mediaType.equals(DOCKER_LIST);
    }

    /** Whether it names the manifest of one image or artifact. */
    public static boolean isImage(String mediaType) {
        return mediaType.equals(OCI_IMAGE) || mediaType.equals(DOCKER_IMAGE);
    }

    static boolean isLegacy(String mediaType) {
        return LEGACY.contains(mediaType);
    }

    /** What a descriptor in an index points at. */
    public static Kind kind(Descriptor listed) {
        String type = listed.mediaType().toLowerCase(Locale.ROOT);
        if (isIndex(type) || isImage(type) || isLegacy(type) || type.equals(ARTIFACT)) {
            return Kind.MANIFEST;
        }
        return (BLOBS.stream().anyMatch(type::startsWith) || listed.size() > LARGEST) ? Kind.BLOB : Kind.UNKNOWN;
    }

    /** How content is kept and asked for. */
    public enum Kind {

        /** By the manifests' part of the API. */
        MANIFEST,
        /** By the blobs' part of the API. */
        BLOB,
        /** Its type does not say; the registry that has it is asked. */
        UNKNOWN

    }

}
