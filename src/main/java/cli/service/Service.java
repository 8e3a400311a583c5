package cli.service;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
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
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import cli.shared.CommandFailed;
import cli.shared.JsonTrees;
import cli.shared.Shown;
import com.fasterxml.jackson.databind.JsonNode;
import oci.net.HttpProxy;
import oci.net.ProxyEnvironment;
import org.jspecify.annotations.Nullable;

/** A client of a running service's API. */
final class Service {

    static final String REGISTRIES = "/api/registries";

    static final String ADAPTERS = "/api/replication/adapters";

    static final String POLICIES = "/api/replication/policies";

    static final String EXECUTIONS = "/api/replication/executions";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration LONGEST_RESTART = Duration.ofMinutes(5);

    /** The statuses of an unavailable service, or of a proxy in front of one. */
    private static final Set<Integer> AWAY = Set.of(502, 503, 504);

    private static final Pattern NEXT = Pattern.compile("<([^>]*)>;\\s*rel=\"next\"");

    private final HttpClient client;

    private final URI base;

    private final Optional<HttpProxy> proxy;

    private final String authorization;

    /** How long reads wait for an unavailable service. */
    private final Duration absence;

    Service(URI base, String user, String password, ProxyEnvironment proxies) {
        this(base, proxies.proxy(base.getScheme(), base.getHost(), base.getPort()),
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)),
                Duration.ZERO);
    }

    private Service(URI base, Optional<HttpProxy> proxy, String authorization, Duration absence) {
        this.base = base;
        this.proxy = proxy;
        this.client = client(proxy);
        this.authorization = authorization;
        this.absence = absence;
    }

    /**
     * A client whose reads wait for minutes while the service is away, as during an
     * update.
     */
    Service thatMayRestart() {
        return new Service(this.base, this.proxy, this.authorization, LONGEST_RESTART);
    }

    private static HttpClient client(Optional<HttpProxy> proxy) {
        // By default Java gives no password to a proxy for https.
        System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
        HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10));
        client.proxy(proxy.map((through) -> ProxySelector.of(new InetSocketAddress(through.host(), through.port())))
            .orElse(HttpClient.Builder.NO_PROXY));
        return client.build();
    }

    JsonNode get(String path) {
        return JsonTrees.read(read(path).body());
    }

    /** All pages of a list. */
    List<JsonNode> list(String path) {
        List<JsonNode> all = new ArrayList<>();
        Optional<String> next = Optional.of(path);
        while (next.isPresent()) {
            HttpResponse<String> page = read(next.get());
            JsonTrees.read(page.body()).forEach(all::add);
            next = next(page);
        }
        return all;
    }

    /** A page of text. */
    Text text(String path) {
        HttpResponse<String> page = read(path);
        return new Text(page.body().lines().toList(), next(page));
    }

    JsonNode post(String path, JsonNode body) {
        return JsonTrees.read(send("POST", path, body).body());
    }

    JsonNode put(String path, JsonNode body) {
        return JsonTrees.read(send("PUT", path, body).body());
    }

    void delete(String path) {
        send("DELETE", path, null);
    }

    private static Optional<String> next(HttpResponse<String> page) {
        return page.headers().firstValue("Link").map(NEXT::matcher).filter(Matcher::find).map((link) -> link.group(1));
    }

    private HttpResponse<String> read(String path) {
        long began = System.nanoTime();
        boolean told = false;
        while (true) {
            try {
                return send("GET", path, null);
            }
            catch (ServiceAway ex) {
                if (System.nanoTime() - began >= this.absence.toNanos()) {
                    throw ex;
                }
                if (!told) {
                    System.err.println(Shown.line("drayage: %s; waiting until it is back".formatted(ex.getMessage())));
                    told = true;
                }
                ExecutionText.pause();
            }
        }
    }

    private HttpResponse<String> send(String method, String path, @Nullable JsonNode body) {
        URI uri = this.base.resolve(path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
            .timeout(PATIENCE)
            .header("Authorization", this.authorization)
            .header("Content-Type", "application/json")
            .method(method, (body != null) ? HttpRequest.BodyPublishers.ofString(body.toString())
                    : HttpRequest.BodyPublishers.noBody());
        this.proxy.flatMap(HttpProxy::authorization).ifPresent((login) -> request.header("Proxy-Authorization", login));
        try {
            HttpResponse<String> response = this.client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw refused(method, uri, response);
            }
            return response;
        }
        catch (IOException ex) {
            String through = this.proxy.map((proxy) -> " through the proxy " + proxy).orElse("");
            throw new ServiceAway(
                    "%s %s%s: %s".formatted(method, uri, through,
                            (ex.getMessage() != null) ? ex.getMessage() : "no connection"),
                    "is the service running there? DRAYAGE_URL or --url is its address");
        }
        catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new CommandFailed("interrupted");
        }
    }

    private static CommandFailed refused(String method, URI uri, HttpResponse<String> response) {
        JsonNode problem = JsonTrees.lenient(response.body());
        String field = problem.path("field").asText("");
        String said = problem.path("detail").asText("the service gave no reason");
        String hint = (response.statusCode() == 401) ? "DRAYAGE_USER and DRAYAGE_PASSWORD are the login"
                : problem.path("hint").asText("");
        String message = "%s %s: %d %s%s".formatted(method, uri.getPath(), response.statusCode(),
                field.isEmpty() ? "" : field + ": ", said);
        return AWAY.contains(response.statusCode()) ? new ServiceAway(message, hint) : new CommandFailed(message, hint);
    }

    /** The policy of a name or, if there is none, of an id. */
    JsonNode policy(String nameOrId) {
        return find(POLICIES, "policy", nameOrId);
    }

    /** The registry of a name or, if there is none, of an id. */
    JsonNode registry(String nameOrId) {
        return find(REGISTRIES, "registry", nameOrId);
    }

    private JsonNode find(String path, String kind, String nameOrId) {
        List<JsonNode> all = list(path + "?page_size=500");
        return named(all, "name", nameOrId).or(() -> named(all, "id", nameOrId))
            .orElseThrow(() -> new CommandFailed("there is no %s %s".formatted(kind, nameOrId)));
    }

    private static Optional<JsonNode> named(List<JsonNode> all, String field, String value) {
        return all.stream().filter((each) -> each.path(field).asText().equals(value)).findFirst();
    }

    /**
     * Lines of a page.
     *
     * @param next the path of the next page; empty for the last page
     */
    record Text(List<String> lines, Optional<String> next) {
    }

}
