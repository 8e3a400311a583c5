package vendor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import fixtures.RealRegistry;

/**
 * The vendor's cloud: a real registry behind a front that takes tokens for a time, and an
 * API at another port that issues them. The registry lists no repositories, deletes
 * nothing and has no repository that the API has not created; what should not be sent is
 * noted.
 */
final class VendorCloud implements AutoCloseable {

    static final String SECRET = "canary-of-the-key";

    private static final JsonMapper JSON = new JsonMapper();

    private static final Duration LIFE = Duration.ofSeconds(25);

    /** After so many requests all old tokens end before their time. */
    private static final int TURN = 50;

    /** One that is refused sooner after it was issued is not replaced at once. */
    private static final Duration OLD = Duration.ofMillis(1200);

    private static final Set<String> NOT_PASSED_ON = Set.of("host", "connection", "content-length", "authorization",
            "transfer-encoding", "upgrade", "http2-settings");

    /** What was sent and should not have been. */
    final List<String> mistakes = new CopyOnWriteArrayList<>();

    /** By name, whether it is open. */
    final Map<String, Boolean> created = new ConcurrentSkipListMap<>();

    final AtomicInteger issued = new AtomicInteger();

    final AtomicInteger refused = new AtomicInteger();

    /** Requests for manifests at the registry. */
    final AtomicInteger manifests = new AtomicInteger();

    private final Map<String, Instant> ends = new ConcurrentHashMap<>();

    private final AtomicInteger requests = new AtomicInteger();

    /** When the API was asked within the last second. */
    private final Queue<Long> second = new ArrayDeque<>();

    private final RealRegistry registry = RealRegistry.builder().relativeUrls().start();

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private final HttpClient client = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .executor(this.threads)
        .build();

    private final HttpServer front = serve(this::front);

    private final HttpServer api = serve(this::api);

    private HttpServer serve(HttpHandler handler) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
            server.setExecutor(this.threads);
            server.createContext("/", (exchange) -> {
                try (exchange) {
                    handler.handle(exchange);
                }
                catch (RuntimeException ex) {
                    this.mistakes.add(exchange.getRequestURI() + ": " + ex);
                    throw ex;
                }
            });
            server.start();
            return server;
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    String url() {
        return "http://127.0.0.1:" + this.front.getAddress().getPort();
    }

    String apiUrl() {
        return "http://127.0.0.1:" + this.api.getAddress().getPort() + "/v1";
    }

    private void front(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod();
        String path = exchange.getRequestURI().getPath();
        if (!letIn(exchange)) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer error=\"invalid_token\"");
            answer(exchange, 401, Map.of("errors", List.of(Map.of("code", "UNAUTHORIZED", "message", "token"))));
        }
        else if (path.endsWith("/_catalog") || (method.equals("DELETE") && path.contains("/manifests/"))) {
            this.mistakes.add(method + " " + path);
            answer(exchange, 405, Map.of("errors", List.of(Map.of("code", "UNSUPPORTED", "message", "no"))));
        }
        else if (method.equals("POST") && !this.created.containsKey(repository(path))) {
            answer(exchange, 404, Map.of("errors", List.of(Map.of("code", "NAME_UNKNOWN", "message", "create it"))));
        }
        else {
            if (path.contains("/manifests/")) {
                this.manifests.incrementAndGet();
            }
            passOn(exchange);
        }
    }

    private static String repository(String path) {
        return path.substring("/v2/".length(), path.indexOf("/blobs/"));
    }

    private boolean letIn(HttpExchange exchange) {
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        if (header == null) {
            return false;
        }
        if (this.requests.incrementAndGet() % TURN == 0) {
            Instant old = Instant.now().plus(LIFE).minus(OLD);
            this.ends.replaceAll((_, end) -> end.isBefore(old) ? Instant.MIN : end);
        }
        Instant end = this.ends.get(header.replaceFirst("^Bearer ", ""));
        if (end == null) {
            this.mistakes.add("sent as a login: " + header);
            return false;
        }
        if (end.isBefore(Instant.now())) {
            this.refused.incrementAndGet();
            return false;
        }
        return true;
    }

    private void api(HttpExchange exchange) throws IOException {
        String asked = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        Map<String, String> query = query(exchange.getRequestURI());
        if (asked.equals("POST /v1/login")) {
            login(exchange);
        }
        else if (!letIn(exchange)) {
            answer(exchange, 401, Map.of("message", "token"));
        }
        else if (tooFast()) {
            this.mistakes.add("too fast: " + asked);
            answer(exchange, 429, Map.of());
        }
        else if (asked.equals("GET /v1/projects")) {
            projects(exchange, query);
        }
        else if (asked.startsWith("GET /v1/projects/")) {
            repositories(exchange, asked.split("/", -1)[3], Integer.parseInt(query.getOrDefault("after", "0")));
        }
        else if (asked.equals("POST /v1/repositories")) {
            JsonNode wanted = body(exchange);
            if (this.created.put(wanted.get("name").asText(), wanted.get("open").asBoolean()) != null) {
                this.mistakes.add("created again: " + wanted);
            }
            answer(exchange, 201, wanted);
        }
        else if (asked.equals("GET /v1/tags")) {
            tags(exchange, query.get("repository"), Integer.parseInt(query.getOrDefault("from", "0")));
        }
        else if (asked.equals("DELETE /v1/tags")) {
            String digest = digests(query.get("repository")).get(query.get("tag"));
            answer(exchange, send("DELETE", "/v2/" + query.get("repository") + "/manifests/" + digest).statusCode(),
                    Map.of());
        }
        else {
            this.mistakes.add(asked);
            answer(exchange, 404, Map.of());
        }
    }

    private synchronized boolean tooFast() {
        long now = System.nanoTime();
        this.second.removeIf((time) -> now - time > 1_000_000_000);
        this.second.add(now);
        // A tenth more, for how long a request takes varies.
        return this.second.size() > VendorAdapter.PER_SECOND * 1.1 + 1;
    }

    private void login(HttpExchange exchange) throws IOException {
        JsonNode key = body(exchange);
        if (!key.path("key_id").asText().equals("k1") || !key.path("key_secret").asText().equals(SECRET)) {
            answer(exchange, 403, Map.of("message", "no such key"));
            return;
        }
        String token = "token-" + this.issued.incrementAndGet();
        this.ends.put(token, Instant.now().plus(LIFE));
        answer(exchange, 200, Map.of("token", token, "expires_in", LIFE.toSeconds()));
    }

    private void projects(HttpExchange exchange, Map<String, String> query) throws IOException {
        List<String> all = this.created.keySet()
            .stream()
            .map((name) -> (name + "/").substring(0, (name + "/").indexOf('/')))
            .distinct()
            .toList();
        int size = Integer.parseInt(query.get("size"));
        answer(exchange, 200, page(all, (Integer.parseInt(query.getOrDefault("page", "1")) - 1) * size, size));
    }

    private void repositories(HttpExchange exchange, String project, int after) throws IOException {
        List<String> all = this.created.keySet()
            .stream()
            .filter((name) -> name.startsWith(project + "/"))
            .map((name) -> name.substring(project.length() + 1))
            .toList();
        if (after + 1 < all.size()) {
            exchange.getResponseHeaders()
                .set("Link", "<http://elsewhere.example/v1/projects/%s/repositories?after=%d>; rel=\"next\""
                    .formatted(project, after + 1));
        }
        answer(exchange, 200, page(all, after, 1));
    }

    private void tags(HttpExchange exchange, String repository, int from) throws IOException {
        if (!this.created.containsKey(repository)) {
            answer(exchange, 404, Map.of("message", "no such repository"));
            return;
        }
        List<Map<String, String>> all = digests(repository).entrySet()
            .stream()
            .map((tag) -> Map.of("tag", tag.getKey(), "digest", tag.getValue()))
            .toList();
        answer(exchange, 200,
                Map.of("tags", page(all, from, 2), "next", (from + 2 < all.size()) ? "" + (from + 2) : ""));
    }

    private static <T> List<T> page(List<T> all, int from, int size) {
        return all.stream().skip(from).limit(size).toList();
    }

    /** What the registry has, by tag. */
    Map<String, String> digests(String repository) {
        Map<String, String> digests = new TreeMap<>();
        read(send("GET", "/v2/" + repository + "/tags/list").body()).path("tags")
            .forEach((tag) -> send("HEAD", "/v2/" + repository + "/manifests/" + tag.asText()).headers()
                .firstValue("Docker-Content-Digest")
                .ifPresent((digest) -> digests.put(tag.asText(), digest)));
        return digests;
    }

    private HttpResponse<byte[]> send(String method, String path) {
        return send(HttpRequest.newBuilder(this.registry.url().resolve(path))
            .header("Accept", "application/vnd.oci.image.manifest.v1+json")
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build());
    }

    private HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return this.client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ex);
        }
    }

    private void passOn(HttpExchange exchange) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(this.registry.url().resolve(exchange.getRequestURI()))
            .method(exchange.getRequestMethod(),
                    HttpRequest.BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
        exchange.getRequestHeaders()
            .forEach((name, values) -> values.stream()
                .filter((_) -> !NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT)))
                .forEach((value) -> request.header(name, value)));
        HttpResponse<byte[]> answer = send(request.build());
        answer.headers().map().forEach((name, values) -> {
            if (!NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        write(exchange, answer.statusCode(), answer.body());
    }

    private static void answer(HttpExchange exchange, int status, Object body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        write(exchange, status, JSON.writeValueAsBytes(body));
    }

    private static void write(HttpExchange exchange, int status, byte[] body) throws IOException {
        boolean empty = exchange.getRequestMethod().equals("HEAD") || body.length == 0;
        exchange.sendResponseHeaders(status, empty ? -1 : body.length);
        if (!empty) {
            exchange.getResponseBody().write(body);
        }
    }

    private static JsonNode body(HttpExchange exchange) throws IOException {
        return JSON.readTree(exchange.getRequestBody());
    }

    private static JsonNode read(byte[] body) {
        try {
            return JSON.readTree(new String(body, StandardCharsets.UTF_8));
        }
        catch (JsonProcessingException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static Map<String, String> query(URI uri) {
        return Optional.ofNullable(uri.getRawQuery())
            .stream()
            .flatMap((query) -> Stream.of(query.split("&")))
            .map((pair) -> pair.split("=", 2))
            .collect(Collectors.toMap((pair) -> pair[0], (pair) -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
        this.front.stop(0);
        this.api.stop(0);
        this.client.close();
        this.threads.shutdownNow();
        this.registry.close();
    }

}
