package api;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Problem details (RFC 9457).
 *
 * @param title the status in words
 * @param detail what was wrong with this request
 * @param field the wrong field; the first of several
 * @param hint advice that probably helps, if there is any
 * @param errors the faults of several fields
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(String type, String title, int status, String detail, @Nullable String hint,
        @Nullable String field, @Nullable List<FieldError> errors) {

    static Problem of(int status, String title, String detail) {
        return new Problem("about:blank", title, status, detail, null, null, null);
    }

    static Problem of(int status, String title, String detail, List<FieldError> errors) {
        return new Problem("about:blank", title, status, detail, null, errors.getFirst().field(),
                (errors.size() > 1) ? errors : null);
    }

    Problem withHint(String likelyHelps) {
        return new Problem(this.type, this.title, this.status, this.detail, likelyHelps.isEmpty() ? null : likelyHelps,
                this.field, this.errors);
    }

    /** The problem as JSON, for answers outside of the routes. */
    public static String json(int status, String title, String detail) {
        return RequestJson.write(of(status, title, detail));
    }

    /** The fault of one field. */
    public record FieldError(String field, String detail) {
    }

}
