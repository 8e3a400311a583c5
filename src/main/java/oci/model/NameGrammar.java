package oci.model;

/**
 * What tags and repositories may be called, read in linear time. Repositories are taken
 * more widely than the specification has them, as some registries are; no part may be of
 * dots alone, which would lead to another path of the host.
 */
public final class NameGrammar {

    /** In characters (OCI distribution specification, "Pulling manifests"). */
    public static final int LONGEST_TAG = 128;

    /** In characters; what Docker's reference grammar allows. */
    public static final int LONGEST_REPOSITORY = 255;

    private NameGrammar() {
    }

    public static boolean isTag(String name) {
        return name.length() <= LONGEST_TAG && isPart(name, 0, name.length(), false);
    }

    public static boolean isRepository(String name) {
        if (name.length() > LONGEST_REPOSITORY) {
            return false;
        }
        int from = 0;
        for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', from)) {
            if (!isPart(name, from, slash, true)) {
                return false;
            }
            from = slash + 1;
        }
        return isPart(name, from, name.length(), true);
    }

    private static boolean isPart(String name, int from, int to, boolean colons) {
        if (from >= to || !isWord(name.charAt(from))) {
            return false;
        }
        for (int at = from + 1; at < to; at++) {
            char c = name.charAt(at);
            if (!isWord(c) && c != '.' && c != '-' && !(colons && c == ':')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWord(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }

}
