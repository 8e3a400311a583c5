package oci;

import java.util.List;
import java.util.Locale;

/** The media types of manifests. */
final class MediaTypes {

    /** Schema 1 with its signatures. */
    static final String SIGNED = "application/vnd.docker.distribution.manifest.v1+prettyjws";

    /**
     * What Drayage takes. Schema 1 is among them so that it can be told from what is not
     * there; a registry that is not told of a type answers 404 or converts it.
     */
    static final List<String> MANIFESTS = List.of("application/vnd.oci.image.index.v1+json",
            "application/vnd.oci.image.manifest.v1+json", "application/vnd.docker.distribution.manifest.list.v2+json",
            "application/vnd.docker.distribution.manifest.v2+json", MediaTypes.SIGNED,
            "application/vnd.docker.distribution.manifest.v1+json");

    private MediaTypes() {
    }

    /** Without parameters, in lower case; empty where an answer does not say. */
    static String of(Answer answer) {
        return answer.header("Content-Type").orElse("").replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
    }

    /** Whether it can stand in a header, without parameters. */
    static boolean wellFormed(String mediaType) {
        return mediaType.matches("[\\w.+-]+/[\\w.+-]+");
    }

}
