package cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** A running Drayage, spoken to through its API. */
final class Service {

    static final String REGISTRIES = "/api/registries";

    static final String POLICIES = "/api/replication/policies";

    static final String EXECUTIONS = "/api/replication/executions";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Pattern NEXT = Pattern.compile("<([^>]*)>;\\s*rel=\"next\"");

    private final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    private final URI base;

    private final String authorization;

    Service(URI base, String user, String password) {
        this.base = base;
        this.authorization = "Basic "
                + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    JsonNode get(String path) {
        return Json.read(send("GET", path, null).body());
    }

    /** All pages of a list. */
    List<JsonNode> list(String path) {
        List<JsonNode> all = new ArrayList<>();
        Optional<String> next = Optional.of(path);
        while (next.isPresent()) {
            HttpResponse<String> page = send("GET", next.get(), null);
            Json.read(page.body()).forEach(all::add);
            next = next(page);
        }
        return all;
    }

    /** A page of text. */
    Text text(String path) {
        HttpResponse<String> page = send("GET", path, null);
        return new Text(page.body().lines().toList(), next(page));
    }

    JsonNode post(String path, JsonNode body) {
        return Json.read(send("POST", path, body).body());
    }

    JsonNode put(String path, JsonNode body) {
        return Json.read(send("PUT", path, body).body());
    }

    void delete(String path) {
        send("DELETE", path, null);
    }

    private static Optional<String> next(HttpResponse<String> page) {
        return page.headers().firstValue("Link").map(NEXT::matcher).filter(Matcher::find).map((link) -> link.group(1));
    }

    private HttpResponse<String> send(String method, String path, @Nullable JsonNode body) {
        URI uri = this.base.resolve(path);
        HttpRequest request = HttpRequest.newBuilder(uri)
            .timeout(PATIENCE)
            .header("Authorization", this.authorization)
            .header("Content-Type", "application/json")
            .method(method,
                    (body != null) ? HttpRequest.BodyPublishers.ofString(body.toString())
                            : HttpRequest.BodyPublishers.noBody())
            .build();
        try {
            HttpResponse<String> response = this.client.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw refused(method, uri, response);
            }
            return response;
        }
        catch (IOException ex) {
            throw new CommandFailed("%s %s: %s; is the service running there? DRAYAGE_URL or --url says where it is"
                .formatted(method, uri, (ex.getMessage() != null) ? ex.getMessage() : "no connection"));
        }
        catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new CommandFailed("interrupted");
        }
    }

    private static CommandFailed refused(String method, URI uri, HttpResponse<String> response) {
        JsonNode problem = Json.lenient(response.body());
        String field = problem.path("field").asText("");
        String said = problem.path("detail").asText("the service answered without saying why");
        String hint = (response.statusCode() == 401) ? "; DRAYAGE_USER and DRAYAGE_PASSWORD are the login" : "";
        return new CommandFailed("%s %s: %d %s%s%s".formatted(method, uri.getPath(), response.statusCode(),
                field.isEmpty() ? "" : field + ": ", said, hint));
    }

    /** The policy of that name or, there being none, of that id. */
    JsonNode policy(String nameOrId) {
        List<JsonNode> all = list(POLICIES + "?page_size=500");
        return named(all, "name", nameOrId).or(() -> named(all, "id", nameOrId))
            .orElseThrow(() -> new CommandFailed("there is no policy " + nameOrId));
    }

    private static Optional<JsonNode> named(List<JsonNode> all, String field, String value) {
        return all.stream().filter((each) -> each.path(field).asText().equals(value)).findFirst();
    }

    /**
     * Lines of a page.
     *
     * @param next where it goes on; empty where these are the last
     */
    record Text(List<String> lines, Optional<String> next) {
    }

}
