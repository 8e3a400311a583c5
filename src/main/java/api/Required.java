package api;

import org.jspecify.annotations.Nullable;
import replication.Refusal;

/** Insists on values. */
final class Required {

    private Required() {
    }

    static String text(String field, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw new Refusal.Invalid(field, field + " is missing");
        }
        return value.strip();
    }

    static long id(String field, @Nullable Long value) {
        if (value == null) {
            throw new Refusal.Invalid(field, field + " is missing");
        }
        return value;
    }

}
