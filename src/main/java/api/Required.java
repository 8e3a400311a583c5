package api;

import org.jspecify.annotations.Nullable;
import replication.Refusal;

/** Insists on values. */
public final class Required {

    private Required() {
    }

    /** A text that has to be given. */
    public static String text(String field, @Nullable String value, int most) {
        if (value == null || value.isBlank()) {
            throw new Refusal.Invalid(field, field + " is missing");
        }
        return Bounded.text(field, value.strip(), most);
    }

    public static long id(String field, @Nullable Long value) {
        if (value == null) {
            throw new Refusal.Invalid(field, field + " is missing");
        }
        return value;
    }

}
