package oci;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

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
            "application/vnd.docker.distribution.manifest.v2+json", ManifestTypes.ARTIFACT, MediaTypes.SIGNED,
            "application/vnd.docker.distribution.manifest.v1+json");

    /**
     * The same and any other: a registry may answer 404 for a manifest of a type that it
     * is not asked for.
     */
    static final List<String> ANY_MANIFEST = Stream.concat(MANIFESTS.stream(), Stream.of("*/*;q=0.1")).toList();

    /** What registries and proxies call that of which they know no more. */
    private static final Set<String> VAGUE = Set.of("", "application/json", "application/octet-stream",
            "binary/octet-stream", "text/html", "text/json", "text/plain");

    private static final Pattern WELL_FORMED = Pattern.compile("[\\w.+-]+/[\\w.+-]+");

    private MediaTypes() {
    }

    /** Without parameters, in lower case; empty where an answer does not say. */
    static String of(Answer answer) {
        String type = answer.header("Content-Type").orElse("");
        int parameters = type.indexOf(';');
        return ((parameters < 0) ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    }

    /** Whether it says of a manifest what it is. */
    static boolean telling(String mediaType) {
        return !VAGUE.contains(mediaType);
    }

    /** Whether it can stand in a header, without parameters. */
    static boolean wellFormed(String mediaType) {
        return WELL_FORMED.matcher(mediaType).matches();
    }

}
