package api;

import java.util.List;

import org.jspecify.annotations.Nullable;
import replication.Refusal;

/** The bounds of requests; a refusal names the field. */
public final class Bounded {

    /**
     * Longer than a name may be, so that a slightly too long name gets the refusal that
     * explains names.
     */
    public static final int NAME = 1_024;

    public static final int DESCRIPTION = 4_096;

    /** The longest name of a repository (distribution specification). */
    public static final int NAMESPACE = 255;

    public static final int NAMESPACES = 100;

    public static final int FILTERS = 100;

    public static final int TRIGGERS = 32;

    /** Enough for any word that the API knows. */
    public static final int WORD = 64;

    public static final int EVENTS = 32;

    public static final int URL = 2_048;

    public static final int ACCOUNT = 1_024;

    /** Enough for a key in JSON or a token. */
    public static final int SECRET = 32 * 1_024;

    /** Some hundred certificates in PEM form. */
    public static final int CERTIFICATES = 256 * 1_024;

    public static final int ARTIFACTS = 5_000;

    public static final int REFERENCE = 255;

    public static final int REASON = 4_096;

    private Bounded() {
    }

    /** Returns a text within its bound; empty if it is not given. */
    public static String text(String field, @Nullable String text, int most) {
        if (text == null) {
            return "";
        }
        if (text.length() > most) {
            throw new Refusal.Invalid(field,
                    "%s has at most %d characters, but these are %d".formatted(field, most, text.length()));
        }
        return text;
    }

    /** Returns a list within its bound; empty if it is not given. */
    public static <T extends @Nullable Object> List<T> list(String field, @Nullable List<T> list, int most) {
        if (list == null) {
            return List.of();
        }
        if (list.size() > most) {
            throw new Refusal.Invalid(field,
                    "there may be at most %d %s, but these are %d".formatted(most, field, list.size()));
        }
        return list;
    }

}
