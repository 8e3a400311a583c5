package e2e;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import fixtures.Api;
import fixtures.DrayageProcess;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The OpenAPI document is what the routes really do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiTest {

    /** Shown only where there is something to show. */
    private static final Set<String> OPTIONAL = Set.of("logs", "access_key", "field", "errors", "hint", "url",
            "header");

    private final DrayageProcess drayage;

    private final Api api;

    private final JsonNode document;

    private final Set<String> exercised = new TreeSet<>();

    OpenApiTest(@TempDir Path home) {
        this.drayage = DrayageProcess.start(home,
                Map.of("DRAYAGE_ADMIN_PASSWORD", DrayageProcess.PASSWORD, "DRAYAGE_QUICKSTART", "true"));
        this.api = this.drayage.api();
        this.document = this.api.get("/api/openapi.json").expect(200).json();
    }

    @AfterAll
    void stop() {
        this.drayage.close();
    }

    @Test
    void every_operation_of_the_document_answers_as_it_says() {
        long registry = this.call("POST", "/api/registries", layout("one"), "/api/registries").get("id").asLong();
        long other = this.api.create("/api/registries", layout("two"));
        Map<String, Object> policyBody = Map.of("name", "p", "src_registry_id", registry, "dest_registry_id", other,
                "filters", List.of(Map.of("type", "name", "value", "**")));
        long policy = call("POST", "/api/replication/policies", policyBody, "/api/replication/policies").get("id")
            .asLong();
        // The sample's first execution, which a start would overlap.
        this.api.ended(1);
        JsonNode started = call("POST", "/api/replication/executions", Map.of("policy_id", 1),
                "/api/replication/executions");
        String execution = "/api/replication/executions/" + started.get("id").asLong();
        JsonNode ended = this.api.ended(started.get("id").asLong());
        String log = ended.get("logs").get(0).get("log_data_path").asText();

        call("GET", "/api/registries", null, "/api/registries");
        call("GET", "/api/registries/" + registry, null, "/api/registries/{id}");
        call("PUT", "/api/registries/" + registry, layout("one"), "/api/registries/{id}");
        call("POST", "/api/registries/ping", layout("x"), "/api/registries/ping");
        call("GET", "/api/registries/1/namespaces", null, "/api/registries/{id}/namespaces");
        call("GET", "/api/registries/1/repositories", null, "/api/registries/{id}/repositories");
        call("GET", "/api/replication/adapters", null, "/api/replication/adapters");
        call("GET", "/api/replication/adapters/oci", null, "/api/replication/adapters/{identity}");
        call("GET", "/api/replication/policies", null, "/api/replication/policies");
        call("GET", "/api/replication/policies/" + policy, null, "/api/replication/policies/{id}");
        call("PUT", "/api/replication/policies/" + policy, policyBody, "/api/replication/policies/{id}");
        call("GET", "/api/replication/bandwidth", null, "/api/replication/bandwidth");
        call("PUT", "/api/replication/bandwidth",
                Map.of("windows", List.of(Map.of("from", "08:00", "to", "18:00", "bytes_per_second", 1_000_000))),
                "/api/replication/bandwidth");
        call("GET", "/api/replication/executions", null, "/api/replication/executions");
        call("GET", execution, null, "/api/replication/executions/{id}");
        call("PUT", execution, Map.of("operation", "stop"), "/api/replication/executions/{id}");
        call("GET", execution + "/changes", null, "/api/replication/executions/{id}/changes");
        JsonNode task = ended.get("logs").get(0);
        String taskPath = execution + "/tasks/" + task.get("id").asLong();
        call("GET", taskPath, null, "/api/replication/executions/{id}/tasks/{task}");
        call("GET", taskPath + "/artifacts", null, "/api/replication/executions/{id}/tasks/{task}/artifacts");
        call("PUT", taskPath, Map.of("operation", "stop"), "/api/replication/executions/{id}/tasks/{task}");
        call("POST", execution + "/notifications",
                Map.of("task_id", task.get("id"), "attempt", task.get("attempt"), "status", task.get("status")),
                "/api/replication/executions/{id}/notifications");
        call("PUT", execution, Map.of("operation", "retry"), "/api/replication/executions/{id}");
        call("PUT", execution, Map.of("operation", "retry", "rerun", true), "/api/replication/executions/{id}");
        this.api.ended(started.get("id").asLong() + 1);
        call("GET", execution + "/logs", null, "/api/replication/executions/{id}/logs");
        call("GET", log, null, "/api/replication/executions/{id}/logs/{task}");
        hooks("/api/registries/" + registry + "/hooks");
        subscriptions();
        call("DELETE", execution, null, "/api/replication/executions/{id}");
        call("DELETE", "/api/replication/policies/" + policy, null, "/api/replication/policies/{id}");
        call("DELETE", "/api/registries/" + registry, null, "/api/registries/{id}");
        call("GET", "/api/registries/4711", null, "/api/registries/{id}");
        call("POST", "/api/registries", "{", "/api/registries");
        call("POST", "/api/replication/policies", "{}", "/api/replication/policies");

        assertThat(this.exercised).isEqualTo(documented());
    }

    private void hooks(String hooks) {
        JsonNode hook = call("POST", hooks, Map.of("sender", "distribution"), "/api/registries/{id}/hooks");
        call("GET", hooks, null, "/api/registries/{id}/hooks");
        call("GET", hooks + "/" + hook.get("id").asLong(), null, "/api/registries/{id}/hooks/{hook}");
        call("POST", hooks.replace("/hooks", "/webhook"),
                Map.of("url", "http://drayage.example", "namespaces", List.of("team")), "/api/registries/{id}/webhook");
        assertThat(call("POST", hook.get("url").asText(), Map.of("events", List.of()), "/api/webhooks/{token}")
            .get("events")
            .asInt()).isZero();
        call("DELETE", hooks + "/" + hook.get("id").asLong(), null, "/api/registries/{id}/hooks/{hook}");
    }

    private void subscriptions() {
        Map<String, Object> body = Map.of("name", "ops", "type", "slack", "url", "http://127.0.0.1:1/x", "events",
                List.of("execution.started"));
        String one = "/api/subscriptions/"
                + call("POST", "/api/subscriptions", body, "/api/subscriptions").get("id").asLong();
        call("GET", "/api/subscriptions", null, "/api/subscriptions");
        call("GET", one, null, "/api/subscriptions/{id}");
        call("PUT", one, body, "/api/subscriptions/{id}");
        this.api
            .ended(call("POST", "/api/replication/executions", Map.of("policy_id", 1), "/api/replication/executions")
                .get("id")
                .asLong());
        JsonNode deliveries = call("GET", one + "/deliveries?state=waiting", null,
                "/api/subscriptions/{id}/deliveries");
        assertThat(deliveries).hasSize(1);
        call("POST", one + "/deliveries/" + deliveries.get(0).get("id").asLong() + "/retry", Map.of(),
                "/api/subscriptions/{id}/deliveries/{delivery}/retry");
        call("DELETE", one, null, "/api/subscriptions/{id}");
    }

    private JsonNode call(String method, String path, @Nullable Object body, String template) {
        Api.Reply reply = switch (method) {
            case "GET" -> this.api.get(path);
            case "DELETE" -> this.api.delete(path);
            case "PUT" -> this.api.put(path, Objects.requireNonNull(body));
            default -> this.api.post(path, Objects.requireNonNull(body));
        };
        this.exercised.add(method + " " + template);
        JsonNode response = this.document.at(pointer(template))
            .get(method.toLowerCase(Locale.ROOT))
            .get("responses")
            .get(String.valueOf(reply.status()));
        assertThat(response).as("%s %s is documented to answer %d: %s", method, path, reply.status(), reply.body())
            .isNotNull();
        if (reply.header("Content-Type").contains("json") && !reply.body().isEmpty()) {
            assertShape(response.at("/content/application~1json/schema"), reply.json(), method + " " + path);
            return reply.json();
        }
        return reply.body().isEmpty() ? reply.json() : TextNode.valueOf(reply.body());
    }

    private void assertShape(JsonNode schema, JsonNode value, String where) {
        if (value.isNull()) {
            return;
        }
        if (schema.has("$ref")) {
            assertShape(this.document.at(schema.get("$ref").asText().substring(1)), value, where);
        }
        else if ("array".equals(schema.path("type").asText())) {
            assertThat(value.isArray()).as(where).isTrue();
            value.forEach((item) -> assertShape(schema.get("items"), item, where));
        }
        else if (schema.has("properties")) {
            Map<String, JsonNode> properties = new HashMap<>();
            schema.get("properties").properties().forEach((entry) -> properties.put(entry.getKey(), entry.getValue()));
            List<String> keys = new ArrayList<>();
            value.fieldNames().forEachRemaining(keys::add);
            assertThat(properties.keySet()).as(where).containsAll(keys);
            assertThat(keys).as(where)
                .containsAll(properties.keySet().stream().filter((key) -> !isOptional(key, where)).toList());
            keys.forEach((key) -> assertShape(Objects.requireNonNull(properties.get(key)), value.get(key),
                    where + " " + key));
        }
    }

    private static boolean isOptional(String key, String where) {
        // A hook's path is shown once.
        return OPTIONAL.contains(key) || (key.equals("url") && where.contains("/hooks"));
    }

    private Set<String> documented() {
        Set<String> operations = new TreeSet<>();
        this.document.get("paths")
            .properties()
            .forEach((path) -> path.getValue()
                .fieldNames()
                .forEachRemaining((method) -> operations.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        return operations;
    }

    private static String pointer(String template) {
        return "/paths/" + template.replace("/", "~1");
    }

    private static Map<String, Object> layout(String name) {
        return Map.of("name", name, "registry_type", "layout", "url", "layout:" + name);
    }

}
