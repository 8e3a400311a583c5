package oci.remote;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import fixtures.Patience;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.Credential;
import oci.model.CredentialSource;
import oci.model.RegistryAccess;
import oci.model.RegistryFailure;
import oci.model.Secret;
import oci.model.StopSignal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class JsonApiTest {

    private final HttpServer server;

    /**
     * What is answered, by path and query, one after the other: a status, a link, a body.
     */
    private final Map<String, Queue<String[]>> answers = new ConcurrentHashMap<>();

    private final List<String> asked = new CopyOnWriteArrayList<>();

    private final StopSignal stop = new StopSignal();

    private final List<String> proofs = new CopyOnWriteArrayList<>();

    private final RegistryAccess access;

    private final JsonApi api;

    private String moved = "";

    JsonApiTest() throws IOException {
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        this.server.createContext("/", this::handle);
        this.server.start();
        this.access = new RegistryAccess(1,
                URI.create("http://127.0.0.1:" + this.server.getAddress().getPort() + "/v1/"), "me",
                CredentialSource.of(new Credential.Basic("me", new Secret("canary"))), false, null, null, 0);
        this.api = JsonApi.at(this.access, Patience.SHORT, new HostLimits(LimitSizes.DEFAULTS));
    }

    @AfterEach
    void close() {
        this.api.close();
        this.server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            this.asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            Headers sent = exchange.getRequestHeaders();
            this.proofs
                .add(sent.getFirst("Authorization") + " " + sent.getFirst("X-Proof") + " " + sent.getFirst("X-Kind"));
            String[] answer = this.answers.getOrDefault(exchange.getRequestURI().toString(), new ArrayDeque<>()).poll();
            String[] told = (answer != null) ? answer : new String[] { "404", "", "{}" };
            if (!told[1].isEmpty()) {
                exchange.getResponseHeaders().set("Link", told[1]);
            }
            if (told[0].equals("307")) {
                exchange.getResponseHeaders().set("Location", this.moved);
            }
            byte[] body = told[2].getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(Integer.parseInt(told[0]), (body.length == 0) ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private void answer(String path, int status, String link, String body) {
        this.answers.computeIfAbsent(path, (_) -> new ArrayDeque<>())
            .add(new String[] { String.valueOf(status), link, body });
    }

    @Test
    void a_list_is_followed_by_its_links_on_the_api_s_own_host() {
        answer("/v1/tags", 200, "<https://elsewhere.example/v1/tags?page=2>; rel=\"next\"", "[\"a\"]");
        answer("/v1/tags?page=2", 200, "", "[\"b\"]");

        assertThat(pages("/tags", Paging.link())).isEqualTo("[[\"a\"], [\"b\"]]");
    }

    @Test
    void a_list_is_followed_by_the_tokens_in_its_pages() {
        answer("/v1/tags?n=1", 200, "", "{\"tags\": [\"a\"], \"next\": \"a=/&b\"}");
        answer("/v1/tags?n=1&from=a%3D%2F%26b", 200, "", "{\"tags\": [\"b\"], \"next\": null}");

        assertThat(pages("/tags?n=1", Paging.token("from", "/next"))).contains("[\"a\"]", "[\"b\"]");
    }

    @Test
    void a_list_is_followed_by_numbers_until_a_page_is_not_full() {
        answer("/v1/tags", 200, "", "[1, 2]");
        answer("/v1/tags?page=2", 200, "", "[3, 4]");
        answer("/v1/tags?page=3", 200, "", "[]");

        assertThat(pages("/tags", Paging.number("page", "", 2))).isEqualTo("[[1,2], [3,4], []]");
    }

    @Test
    void a_list_is_followed_by_numbers_while_a_page_says_that_there_is_more() {
        answer("/v1/tags?limit=2", 200, "", "{\"tags\": [1, 2], \"more\": true}");
        answer("/v1/tags?limit=2&page=2", 200, "", "{\"tags\": [], \"more\": true}");
        answer("/v1/tags?limit=2&page=3", 200, "", "{\"tags\": [3], \"more\": false}");

        assertThat(pages("/tags?limit=2", Paging.numberWhile("page", "/more"))).contains("[1,2]", "[]", "[3]");
    }

    @Test
    void a_list_is_followed_by_offsets_until_a_page_is_not_full() {
        answer("/v1/tags", 200, "", "[1, 2]");
        answer("/v1/tags?offset=2", 200, "", "[3, 4]");
        answer("/v1/tags?offset=4", 200, "", "[5]");

        assertThat(pages("/tags", Paging.offset("offset", "", 2))).isEqualTo("[[1,2], [3,4], [5]]");
    }

    @Test
    void a_list_is_followed_by_the_urls_in_its_pages_on_the_api_s_own_host() {
        answer("/v1/tags", 200, "", "{\"tags\": [1], \"next\": \"https://elsewhere.example/v1/tags?page=2\"}");
        answer("/v1/tags?page=2", 200, "", "{\"tags\": [2], \"next\": null}");

        assertThat(pages("/tags", Paging.next("/next"))).contains("[1]", "[2]");
        assertThat(this.asked).hasSize(2);
    }

    @Test
    void each_attempt_is_signed_anew_and_no_other_host_gets_the_signature() throws IOException {
        List<String> signed = new CopyOnWriteArrayList<>();
        List<String> elsewhere = new CopyOnWriteArrayList<>();
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        other.createContext("/", (exchange) -> {
            try (exchange) {
                elsewhere.add(String.valueOf(exchange.getRequestHeaders().getFirst("X-Proof")));
                exchange.sendResponseHeaders(200, 2);
                exchange.getResponseBody().write("{}".getBytes(StandardCharsets.UTF_8));
            }
        });
        other.start();
        this.moved = "http://localhost:" + other.getAddress().getPort() + "/";
        answer("/v1/things?b=2&a=1", 503, "", "");
        answer("/v1/things?b=2&a=1", 200, "", "{}");
        answer("/v1/moved", 307, "", "");
        try (JsonApi signing = JsonApi.at(this.access, (method, url, body, _) -> {
            signed.add(method + " " + url.pathAndQuery() + " " + new String(body, StandardCharsets.UTF_8));
            return Map.of("Authorization", "Signed", "X-Proof", "canary" + signed.size());
        }, Patience.SHORT, new HostLimits(LimitSizes.DEFAULTS))) {
            JsonNode body = JsonNodeFactory.instance.objectNode().put("x", 1);
            assertThat(signing.post("/things?b=2&a=1", body, this.stop)).isEmpty();
            assertThat(signing.with("X-Kind", "k").get("/moved", this.stop)).isEmpty();
        }
        finally {
            other.stop(0);
        }

        assertThat(signed).containsExactly("POST /v1/things?b=2&a=1 {\"x\":1}", "POST /v1/things?b=2&a=1 {\"x\":1}",
                "GET /v1/moved ");
        assertThat(this.proofs).containsExactly("Signed canary1 null", "Signed canary2 null", "Signed canary3 k");
        assertThat(elsewhere).containsExactly("null");
    }

    @Test
    void a_page_is_asked_for_again_while_what_fails_it_may_pass() {
        answer("/v1/tags", 200, "</v1/tags?page=2>; rel=\"next\"", "[\"a\"]");
        answer("/v1/tags?page=2", 503, "", "");
        answer("/v1/tags?page=2", 200, "", "[\"b\"]");

        assertThat(pages("/tags", Paging.link())).isEqualTo("[[\"a\"], [\"b\"]]");
    }

    @Test
    void a_list_that_leads_in_a_circle_is_told() {
        answer("/v1/tags", 200, "</v1/tags>; rel=\"next\"", "[\"a\"]");

        assertThatExceptionOfType(RegistryFailure.Incomplete.class).isThrownBy(() -> pages("/tags", Paging.link()))
            .withMessageContaining("the list leads in a circle");
    }

    @Test
    void what_is_sent_may_be_sent_again_and_what_comes_back_is_read() {
        answer("/v1/repositories", 503, "", "");
        answer("/v1/repositories", 201, "", "{\"id\": 7}");

        JsonNode read = this.api.post("/repositories", JsonNodeFactory.instance.objectNode().put("name", "a"),
                this.stop);

        assertThat(read.get("id").asInt()).isEqualTo(7);
        assertThat(this.asked).containsExactly("POST /v1/repositories {\"name\":\"a\"}",
                "POST /v1/repositories {\"name\":\"a\"}");
    }

    @Test
    void a_failure_tells_what_was_asked_for_and_no_secret() {
        answer("/v1/tags?key=hush", 403, "", "{\"message\": \"no\"}");
        answer("/v1/page", 200, "", "not JSON");

        assertThatExceptionOfType(RegistryFailure.Unauthorized.class)
            .isThrownBy(() -> this.api.get("/tags?key=hush", this.stop))
            .withMessageStartingWith("GET 127.0.0.1:")
            .withMessageContaining("/v1/tags: 403")
            .satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("hush", "canary"));
        assertThatExceptionOfType(RegistryFailure.Permanent.class).isThrownBy(() -> this.api.get("/page", this.stop))
            .withMessageEndingWith("/v1/page: the answer is no JSON");
    }

    @Test
    void an_error_in_an_answer_of_status_200_is_judged_by_its_code_and_tried_again_where_it_may_pass() {
        JsonApi judging = this.api
            .judgedBy(new ErrorCodes(List.of("AuthFailure"), List.of("ResourceNotFound", "InternalError.NotThere"),
                    List.of("RequestLimitExceeded"), List.of("InternalError")))
            .named("ListThings");
        answer("/v1/", 200, "", error("RequestLimitExceeded"));
        answer("/v1/", 200, "", error("InternalError"));
        answer("/v1/", 200, "", "{\"Response\": {\"Count\": 3}}");
        assertThat(judging.get("/", this.stop).at("/Response/Count").asInt()).isEqualTo(3);

        answer("/v1/", 200, "", error("AuthFailure.SecretIdNotFound"));
        assertThatExceptionOfType(RegistryFailure.Unauthorized.class).isThrownBy(() -> judging.get("/", this.stop))
            .withMessageMatching("ListThings at 127.0.0.1:\\d+: 200 AuthFailure.SecretIdNotFound \"words\"");
        answer("/v1/", 200, "", error("InternalError.NotThere"));
        assertThatExceptionOfType(RegistryFailure.NotFound.class).isThrownBy(() -> judging.get("/", this.stop));
        answer("/v1/", 200, "", error("InvalidParameter"));
        assertThatExceptionOfType(RegistryFailure.Permanent.class).isThrownBy(() -> judging.get("/", this.stop));
        assertThat(this.asked).hasSize(6);
    }

    @Test
    void the_errors_of_clouds_are_told_in_their_words() {
        answer("/v1/a", 404, "", "{\"errors\": [{\"errorCode\": \"SVCSTG.SWR.4040\", \"errorMessage\": \"none\"}]}");
        answer("/v1/b", 400, "", "{\"RequestId\": \"1\", \"Code\": \"Throttling.User\", \"Message\": \"slow\"}");
        answer("/v1/c", 403, "",
                "{\"ResponseMetadata\": {\"Error\": {\"Code\": \"AccessDenied\", \"Message\": \"no\"}}}");

        assertThatExceptionOfType(RegistryFailure.NotFound.class).isThrownBy(() -> this.api.get("/a", this.stop))
            .withMessageEndingWith("/v1/a: 404 SVCSTG.SWR.4040 \"none\"");
        ErrorCodes codes = new ErrorCodes(List.of(), List.of(), List.of("Throttling"), List.of());
        assertThatExceptionOfType(RegistryFailure.NotFound.class)
            .isThrownBy(() -> this.api.judgedBy(codes).get("/b", this.stop));
        assertThat(this.asked).as("tried again").hasSize(3);
        assertThatExceptionOfType(RegistryFailure.Unauthorized.class).isThrownBy(() -> this.api.get("/c", this.stop))
            .withMessageEndingWith("/v1/c: 403 AccessDenied \"no\"");
    }

    private static String error(String code) {
        return "{\"Response\": {\"Error\": {\"Code\": \"%s\", \"Message\": \"words\"}, \"RequestId\": \"1\"}}"
            .formatted(code);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /tags | {}                  | the answer has no list of tags
            /tags | {"tags": {"a": 1}}  | the answer has no list of tags
            /tags | ["a"]               | the answer has no list of tags
            ``    | {"message": "hi"}   | the answer is no list
            """)
    void an_answer_without_its_list_is_not_an_empty_list(String list, String body, String why) {
        answer("/v1/tags", 200, "", body);

        assertThatExceptionOfType(RegistryFailure.Permanent.class)
            .isThrownBy(() -> this.api.items("/tags", list, Paging.link(), this.stop).toList())
            .withMessageContaining("/v1/tags: " + why);
    }

    @Test
    void an_empty_answer_is_no_page() {
        for (int each = 0; each < 10; each++) {
            answer("/v1/tags", 200, "", "");
        }

        assertThatExceptionOfType(RegistryFailure.Transient.class).isThrownBy(() -> pages("/tags", Paging.link()))
            .withMessageContaining("empty answer");
    }

    @Test
    void a_list_of_null_is_empty_as_go_writes_it() {
        answer("/v1/tags", 200, "", "{\"tags\": null}");

        assertThat(this.api.items("/tags", "/tags", Paging.link(), this.stop)).isEmpty();
    }

    private String pages(String path, Paging paging) {
        return this.api.pages(path, paging, this.stop).map(JsonNode::toString).toList().toString();
    }

}
