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

    private final JsonApi api;

    JsonApiTest() throws IOException {
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        this.server.createContext("/", this::handle);
        this.server.start();
        RegistryAccess access = new RegistryAccess(1,
                URI.create("http://127.0.0.1:" + this.server.getAddress().getPort() + "/v1/"), "me",
                CredentialSource.of(new Credential.Basic("me", new Secret("canary"))), false, null, null, 0);
        this.api = JsonApi.at(access, Patience.SHORT, new HostLimits(LimitSizes.DEFAULTS));
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
            String[] answer = this.answers.getOrDefault(exchange.getRequestURI().toString(), new ArrayDeque<>()).poll();
            String[] told = (answer != null) ? answer : new String[] { "404", "", "{}" };
            if (!told[1].isEmpty()) {
                exchange.getResponseHeaders().set("Link", told[1]);
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

    private String pages(String path, Paging paging) {
        return this.api.pages(path, paging, this.stop).map(JsonNode::toString).toList().toString();
    }

}
