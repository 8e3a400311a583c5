package oci.model;

import java.util.List;
import java.util.Locale;
import java.util.Set;

import com.google.re2j.Pattern;

/** The media types of manifests, and how they tell manifests apart. */
public final class MediaTypes {

    public static final String OCI_IMAGE = "application/vnd.oci.image.manifest.v1+json";

    public static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";

    public static final String DOCKER_IMAGE = "application/vnd.docker.distribution.manifest.v2+json";

    public static final String DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";

    /** Of a draft of 2022; it has {@code blobs} in the place of config and layers. */
    public static final String ARTIFACT = "application/vnd.oci.artifact.manifest.v1+json";

    private static final String LEGACY = "application/vnd.docker.distribution.manifest.v1+json";

    /** Schema 1 with its signatures. */
    public static final String SIGNED = "application/vnd.docker.distribution.manifest.v1+prettyjws";

    /**
     * The types that a request for a manifest accepts, and any other: a registry may
     * answer 404 for a manifest of a type that the request does not name, or convert it.
     * Schema 1 is among them so that it is not taken for missing.
     */
    public static final List<String> ANY_MANIFEST = List.of(OCI_INDEX, OCI_IMAGE, DOCKER_LIST, DOCKER_IMAGE, ARTIFACT,
            SIGNED, LEGACY, "*/*;q=0.1");

    /**
     * Blobs in every registry, also where an index lists them, as BuildKit's cache does.
     */
    private static final List<String> BLOBS = List.of("application/vnd.oci.image.layer.",
            "application/vnd.oci.image.config.", "application/vnd.oci.empty.", "application/vnd.docker.image.rootfs.",
            "application/vnd.docker.container.image.", "application/vnd.buildkit.cacheconfig.");

    /** In bytes: registries take no larger manifest. */
    private static final long LARGEST = 4L * 1024 * 1024;

    /** What registries and proxies call content whose type they do not know. */
    private static final Set<String> VAGUE = Set.of("", "application/json", "application/octet-stream",
            "binary/octet-stream", "text/html", "text/json", "text/plain");

    private static final Pattern WELL_FORMED = Pattern.compile("[\\w.+-]+/[\\w.+-]+");

    private MediaTypes() {
    }

    /**
     * The type that a {@code Content-Type} names, in lower case and without parameters.
     */
    public static String of(String contentType) {
        int parameters = contentType.indexOf(';');
        return ((parameters < 0) ? contentType : contentType.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    }

    /** Whether a type says which kind of manifest it is. */
    public static boolean telling(String mediaType) {
        return !VAGUE.contains(mediaType);
    }

    /** Whether a type can stand in a header, without parameters. */
    public static boolean wellFormed(String mediaType) {
        return WELL_FORMED.matcher(mediaType).matches();
    }

    /** Whether it names a list of manifests. */
    public static boolean isIndex(String mediaType) {
        return mediaType.equals(OCI_INDEX) || mediaType.equals(DOCKER_LIST);
    }

    /** Whether it names the manifest of one image or artifact. */
    public static boolean isImage(String mediaType) {
        return mediaType.equals(OCI_IMAGE) || mediaType.equals(DOCKER_IMAGE);
    }

    /** Whether it names a manifest of Docker's schema 1. */
    public static boolean isLegacy(String mediaType) {
        return mediaType.equals(LEGACY) || mediaType.equals(SIGNED);
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
        /** The type does not tell; the registry that has it is asked. */
        UNKNOWN

    }

}
