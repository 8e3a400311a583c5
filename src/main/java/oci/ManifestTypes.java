package oci;

import java.util.Set;

/** Media types by which manifests are told apart. */
public final class ManifestTypes {

    public static final String OCI_IMAGE = "application/vnd.oci.image.manifest.v1+json";

    public static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";

    public static final String DOCKER_IMAGE = "application/vnd.docker.distribution.manifest.v2+json";

    public static final String DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";

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

}
