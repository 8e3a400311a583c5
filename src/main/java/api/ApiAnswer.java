package api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import replication.Page;

/**
 * The answer to a request.
 *
 * @param location the address of a created resource
 * @param link the {@code Link} header of a page that is not the last
 * @param retryAfter seconds after which the client may try again
 * @param body text of the content type; null if there is none
 */
public record ApiAnswer(int status, @Nullable String location, @Nullable String link, @Nullable String retryAfter,
        String contentType, @Nullable String body) {

    private static final String JSON = "application/json";

    private static final String AFTER = "after";

    public static ApiAnswer ok(Object body) {
        return new ApiAnswer(200, null, null, null, JSON, RequestJson.write(body));
    }

    public static ApiAnswer created(String location, Object body) {
        return new ApiAnswer(201, location, null, null, JSON, RequestJson.write(body));
    }

    public static ApiAnswer accepted(Object body) {
        return new ApiAnswer(202, null, null, null, JSON, RequestJson.write(body));
    }

    public static ApiAnswer noContent() {
        return new ApiAnswer(204, null, null, null, JSON, null);
    }

    static ApiAnswer problem(Problem problem, @Nullable String retryAfter) {
        return new ApiAnswer(problem.status(), null, null, retryAfter, "application/problem+json",
                RequestJson.write(problem));
    }

    /**
     * A page of a list; {@code Link: rel="next"} leads to the next page with the same
     * parameters.
     * @param key the key after which the next page begins
     */
    public static <T, V> ApiAnswer list(Page<T> page, Function<T, V> view, Function<T, Object> key, String path,
            Query query) {
        List<V> views = page.items().stream().map(view).toList();
        return new ApiAnswer(200, null, next(page, key, path, query), null, JSON, RequestJson.write(views));
    }

    /** A page of lines as text, linked like a list. */
    public static <T> ApiAnswer text(Page<T> page, Function<T, String> line, Function<T, Object> key, String path,
            Query query) {
        String text = page.items().stream().map((item) -> line.apply(item) + "\n").collect(Collectors.joining());
        return new ApiAnswer(200, null, next(page, key, path, query), null, "text/plain; charset=utf-8", text);
    }

    private static <T> @Nullable String next(Page<T> page, Function<T, Object> key, String path, Query query) {
        if (!page.more()) {
            return null;
        }
        Object after = key.apply(page.items().getLast());
        return "<" + path + "?" + parameters(query, String.valueOf(after)) + ">; rel=\"next\"";
    }

    private static String parameters(Query query, String after) {
        Stream<String> kept = query.values()
            .entrySet()
            .stream()
            .filter((entry) -> !entry.getKey().equals(AFTER) && !entry.getValue().isEmpty())
            .map((entry) -> pair(entry.getKey(), entry.getValue()));
        return Stream.concat(kept, Stream.of(pair(AFTER, after))).collect(Collectors.joining("&"));
    }

    private static String pair(String name, String value) {
        return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

}
