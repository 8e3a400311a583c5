package vendor;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;

import com.fasterxml.jackson.databind.JsonNode;
import fixtures.vendors.FrontRequest;
import fixtures.vendors.VendorFront;

/**
 * The vendor's cloud: tokens for a time, issued by its API. The registry lists no
 * repositories, deletes nothing and has no repository that the API has not created.
 */
final class VendorCloud extends VendorFront {

    static final String SECRET = "canary-of-the-key";

    /** When the API was asked within the last second. */
    private final Queue<Long> second = new ArrayDeque<>();

    /** Whether it refuses more requests than its limit. */
    private final boolean limited;

    private final int tagsAPage;

    /** One with small pages, whose tokens end early now and then. */
    VendorCloud() {
        this(2, true);
        // Younger tokens than a second are not replaced after a refusal.
        this.tokens.turnOver(50, Duration.ofMillis(1200));
    }

    VendorCloud(int tagsAPage, boolean limited) {
        this.tagsAPage = tagsAPage;
        this.limited = limited;
    }

    @Override
    protected boolean registry(FrontRequest request) throws IOException {
        boolean listing = request.path().endsWith("/_catalog");
        boolean deletion = request.method().equals("DELETE") && request.path().contains("/manifests/");
        if (listing || deletion) {
            mistake(request);
        }
        return listing || deletion;
    }

    @Override
    protected void api(FrontRequest request) throws IOException {
        if (request.asked().equals("POST /v1/login")) {
            login(request);
        }
        else if (!letIn(request)) {
            request.answer(401, Map.of("message", "token"));
        }
        else if (this.limited && tooFast()) {
            this.mistakes.add("too fast: " + request);
            request.answer(429, Map.of());
        }
        else if (request.asked().startsWith("GET /v1/projects/")) {
            repositories(request, request.path().split("/", -1)[3]);
        }
        else {
            switch (request.asked()) {
                case "GET /v1/projects" -> projects(request);
                case "POST /v1/repositories" -> create(request);
                case "GET /v1/tags" -> tags(request, request.query("repository"), request.query("from", 0));
                case "DELETE /v1/tags" ->
                    request.answer(untag(request.query("repository"), request.query("tag")) ? 200 : 404, Map.of());
                default -> mistake(request);
            }
        }
    }

    private synchronized boolean tooFast() {
        long now = System.nanoTime();
        this.second.removeIf((time) -> now - time > 1_000_000_000);
        this.second.add(now);
        // A tenth more, for how long a request takes varies.
        return this.second.size() > VendorAdapter.PER_SECOND * 1.1 + 1;
    }

    private void login(FrontRequest request) throws IOException {
        JsonNode key = request.json();
        if (!key.path("key_id").asText().equals("k1") || !key.path("key_secret").asText().equals(SECRET)) {
            request.answer(403, Map.of("message", "no such key"));
            return;
        }
        request.answer(200, Map.of("token", this.tokens.issue(), "expires_in", this.tokens.life().toSeconds()));
    }

    private void create(FrontRequest request) throws IOException {
        JsonNode wanted = request.json();
        if (this.created.put(wanted.get("name").asText(), wanted) != null) {
            this.mistakes.add("created again: " + wanted);
        }
        request.answer(201, wanted);
    }

    private void projects(FrontRequest request) throws IOException {
        List<String> all = this.created.keySet()
            .stream()
            .map((name) -> (name + "/").substring(0, (name + "/").indexOf('/')))
            .distinct()
            .toList();
        int size = request.query("size", 0);
        request.answer(200, page(all, (request.query("page", 1) - 1) * size, size));
    }

    private void repositories(FrontRequest request, String project) throws IOException {
        List<String> all = this.created.keySet()
            .stream()
            .filter((name) -> name.startsWith(project + "/"))
            .map((name) -> name.substring(project.length() + 1))
            .toList();
        int after = request.query("after", 0);
        if (after + 1 < all.size()) {
            request.with("Link", "<http://elsewhere.example/v1/projects/%s/repositories?after=%d>; rel=\"next\""
                .formatted(project, after + 1));
        }
        request.answer(200, page(all, after, 1));
    }

    private void tags(FrontRequest request, String repository, int from) throws IOException {
        if (!this.created.containsKey(repository)) {
            request.answer(404, Map.of("message", "no such repository"));
            return;
        }
        List<Map<String, String>> all = digests(repository).entrySet()
            .stream()
            .map((tag) -> Map.of("tag", tag.getKey(), "digest", tag.getValue()))
            .toList();
        int size = this.tagsAPage;
        request.answer(200,
                Map.of("tags", page(all, from, size), "next", (from + size < all.size()) ? "" + (from + size) : ""));
    }

}
