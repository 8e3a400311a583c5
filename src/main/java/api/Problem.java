package api;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Problem details (RFC 9457).
 *
 * @param title the status in words
 * @param detail what was wrong with this request
 * @param field which of its fields, where it was one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(String type, String title, int status, String detail, @Nullable String field) {

    static Problem of(int status, String title, String detail) {
        return new Problem("about:blank", title, status, detail, null);
    }

    static Problem of(int status, String title, String detail, String field) {
        return new Problem("about:blank", title, status, detail, field);
    }

    /** As JSON, for whoever answers outside of the routes. */
    public static String json(int status, String title, String detail) {
        return RequestJson.write(of(status, title, detail));
    }

}
