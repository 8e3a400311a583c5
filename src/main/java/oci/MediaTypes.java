package oci;

import java.util.List;
import java.util.Locale;

import com.google.re2j.Pattern;

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

    private static final Pattern WELL_FORMED = Pattern.compile("[\\w.+-]+/[\\w.+-]+");

    private MediaTypes() {
    }

    /** Without parameters, in lower case; empty where an answer does not say. */
    static String of(Answer answer) {
        String type = answer.header("Content-Type").orElse("");
        int parameters = type.indexOf(';');
        return ((parameters < 0) ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    }

    /** Whether it can stand in a header, without parameters. */
    static boolean wellFormed(String mediaType) {
        return WELL_FORMED.matcher(mediaType).matches();
    }

}
