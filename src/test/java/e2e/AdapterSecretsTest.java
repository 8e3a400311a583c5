package e2e;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import fixtures.Api;
import fixtures.DrayageProcess;
import fixtures.StoppablePostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each secret of each adapter, as the service declares them, is found in no answer, no
 * log at its finest, no row and no page of the actuator, whether its registry is saved,
 * refused or away. Nothing leaves the machine: the only way out is a proxy that is not
 * there.
 */
class AdapterSecretsTest {

    private static final String CANARY = "canary-in-the-field-";

    /** Where nothing listens. */
    private static final String NOWHERE = "http://127.0.0.1:1";

    private final List<String> answers = new CopyOnWriteArrayList<>();

    @Test
    void a_secret_of_any_adapter_is_shown_nowhere(@TempDir Path folder) {
        try (StoppablePostgres database = StoppablePostgres.start(folder.resolve("database"));
                DrayageProcess drayage = DrayageProcess.start(folder.resolve("home"),
                        environment(database.jdbcUrl()))) {
            Api api = drayage.api();
            List<Map<String, Object>> registries = new ArrayList<>();
            api.get("/api/replication/adapters").expect(200).json().forEach((adapter) -> {
                List<String> urls = urls(adapter);
                adapter.get("credential_kinds")
                    .forEach((kind) -> urls.forEach((url) -> registries.add(registry(adapter, kind, url))));
            });
            int saved = (int) parallel(registries, (registry) -> api.post("/api/registries", registry)).stream()
                .filter((answer) -> answer.status() == 201)
                .count();
            assertThat(saved).as("saved of %d", registries.size()).isGreaterThan(15);

            parallel(registries, (registry) -> api.post("/api/registries", broken(registry)))
                .forEach((answer) -> assertThat(answer.status()).isEqualTo(422));
            JsonNode shown = api.get("/api/registries?page_size=100").expect(200).json();
            this.answers.add(shown.toString());
            parallel(StreamSupport.stream(shown.spliterator(), false).limit(8).toList(),
                    (registry) -> api.get("/api/registries/" + registry.get("id") + "/repositories"));
            Stream
                .of("/api/replication/adapters", "/actuator/health", "/actuator/info", "/actuator/prometheus",
                        "/actuator/env", "/actuator/configprops", "/actuator/beans", "/api/openapi.json")
                .forEach((path) -> this.answers.add(api.get(path).body()));

            assertThat(this.answers).allSatisfy((answer) -> assertThat(hidden(answer)).isEmpty());
            assertThat(rows(database)).allSatisfy((row) -> assertThat(hidden(row)).isEmpty());
            assertThat(drayage.log().lines().filter((line) -> !hidden(line).isEmpty())).isEmpty();
        }
    }

    private static Map<String, String> environment(String database) {
        Map<String, String> environment = new HashMap<>(Map.of("DRAYAGE_QUICKSTART", "false", "DRAYAGE_ADMIN_PASSWORD",
                DrayageProcess.PASSWORD, "DRAYAGE_DB_URL", database, "DRAYAGE_DB_USER", "postgres",
                "LOGGING_LEVEL_ROOT", "DEBUG", "HTTPS_PROXY", NOWHERE, "HTTP_PROXY", NOWHERE));
        environment.put("DRAYAGE_TRANSFER_ATTEMPTS", "1");
        environment.put("AWS_EC2_METADATA_DISABLED", "true");
        return environment;
    }

    /** A URL of the first form that the adapter has. */
    private static List<String> urls(JsonNode adapter) {
        return StreamSupport.stream(adapter.get("urls").spliterator(), false)
            .map(JsonNode::asText)
            .filter((template) -> template.startsWith("http"))
            .map((template) -> template.replace("{host}", "127.0.0.1:1")
                .replace("{account}", "123456789012")
                .replace("{region}", "eu-central-1")
                .replaceAll("\\{[a-z]+}", "acme"))
            .distinct()
            .limit(1)
            .toList();
    }

    private Map<String, Object> registry(JsonNode adapter, JsonNode kind, String url) {
        Map<String, Object> credential = new HashMap<>(Map.of("type", kind.get("type").asText()));
        kind.get("fields").forEach((field) -> credential.put(field.get("key").asText(), value(field)));
        Map<String, Object> settings = new HashMap<>();
        adapter.get("settings").forEach((setting) -> {
            if (setting.get("required").asBoolean()) {
                settings.put(setting.get("key").asText(), value(setting));
            }
        });
        return Map.of("name", "r" + Integer.toHexString((adapter + kind.toString() + url).hashCode()), "registry_type",
                adapter.get("identity").asText(), "url", url, "credential", credential, "settings", settings, "force",
                true);
    }

    private static Object value(JsonNode field) {
        return switch (field.get("type").asText()) {
            case "secret" -> CANARY + field.get("key").asText();
            case "choice" -> field.get("choices").get(0).asText();
            case "url" -> field.get("choices").isEmpty() ? NOWHERE : field.get("choices").get(0).asText();
            case "flag" -> true;
            case "list" -> List.of("acme");
            case "map" -> Map.of("acme", "acme");
            default -> "acme";
        };
    }

    /** The same with a field that there is not, and a secret of the wrong type. */
    private static Map<String, Object> broken(Map<String, Object> registry) {
        Map<String, Object> broken = new HashMap<>(registry);
        broken.put("settings", Map.of("no_such_setting", "x"));
        return broken;
    }

    private <T> List<Api.Reply> parallel(List<T> all, Function<T, Api.Reply> call) {
        List<CompletableFuture<Api.Reply>> running = all.stream()
            .map((each) -> CompletableFuture.supplyAsync(() -> call.apply(each), Thread::startVirtualThread))
            .toList();
        List<Api.Reply> replies = running.stream().map(CompletableFuture::join).toList();
        replies.forEach((reply) -> this.answers.add(reply.body()));
        return replies;
    }

    /** The secrets that a text shows, as they are or in base64. */
    private static List<String> hidden(String text) {
        String coded = Base64.getEncoder()
            .encodeToString(CANARY.getBytes(StandardCharsets.UTF_8))
            .substring(0, CANARY.length() / 3 * 4);
        return Stream.of(CANARY, coded).filter(text::contains).map((_) -> text).toList();
    }

    /** Every row of every table, as text. */
    private static List<String> rows(StoppablePostgres database) {
        return database.jdbc()
            .sql("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'")
            .query(String.class)
            .list()
            .stream()
            .flatMap((table) -> database.jdbc()
                .sql("SELECT t::text FROM \"" + table + "\" t")
                .query(String.class)
                .list()
                .stream())
            .toList();
    }

}
