package api;

import org.jspecify.annotations.Nullable;
import replication.Refusal;

/** Insists on values. */
final class Required {

    private Required() {
    }

    /** A text that has to be given. */
    static String text(String field, @Nullable String value, int most) {
        if (value == null || value.isBlank()) {
            throw new Refusal.Invalid(field, field + " is missing");
        }
        return Bounded.text(field, value.strip(), most);
    }

    static long id(String field, @Nullable Long value) {
        if (value == null) {
            throw new Refusal.Invalid(field, field + " is missing");
        }
        return value;
    }

}
