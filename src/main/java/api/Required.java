package api;

import org.jspecify.annotations.Nullable;
import replication.Refusal;

/** Refuses requests that lack a value. */
public final class Required {

    private Required() {
    }

    /** A text, without surrounding blanks. */
    public static String text(String field, @Nullable String value, int most) {
        if (value == null || value.isBlank()) {
            throw new Refusal.Invalid(field, field + " is missing");
        }
        return Bounded.text(field, value.strip(), most);
    }

    /** An id; a missing one is refused, and 0 counts as missing. */
    public static long id(String field, @Nullable Long value) {
        if (value == null || value == 0) {
            throw new Refusal.Invalid(field, field + " is missing");
        }
        return value;
    }

}
