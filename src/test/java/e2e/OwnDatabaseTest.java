package e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import fixtures.Api;
import fixtures.DrayageProcess;
import fixtures.Images;
import fixtures.RealRegistry;
import fixtures.Registered;
import fixtures.Site;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import store.embedded.EmbeddedDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/** The same program on a PostgreSQL of the user's own. */
@Tag("long")
class OwnDatabaseTest {

    private static final String SECRET = "hidden-word-of-bob";

    @Test
    void two_nodes_on_one_database_share_the_work_and_keep_the_secrets(@TempDir Path folder) throws IOException {
        RealRegistry secured = RealRegistry.builder().basicAuth("bob", SECRET).start();
        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder.resolve("database"));
                Site a = new Site(secured, Registered.at(secured).basic("bob", SECRET));
                Site b = Site.start()) {
            for (int i = 0; i < 40; i++) {
                a.push("lib/app" + i, "v1", Images.image(i, 20_000));
            }
            Map<String, String> environment = Map.of("DRAYAGE_DB_URL", database.jdbcUrl(), "DRAYAGE_DB_USER",
                    database.user(), "DRAYAGE_DB_PASSWORD", database.password(), "DRAYAGE_KEY",
                    "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=", "DRAYAGE_QUICKSTART", "false",
                    "DRAYAGE_ADMIN_PASSWORD", DrayageProcess.PASSWORD, "DRAYAGE_TRANSFER_TASKS", "4");
            try (DrayageProcess one = DrayageProcess.start(folder.resolve("one"), environment);
                    DrayageProcess two = DrayageProcess.start(folder.resolve("two"), environment)) {
                Api api = one.api();
                long source = api.create("/api/registries", Map.of("name", "a", "registry_type", "oci", "url", a.url(),
                        "credential", Map.of("type", "basic", "access_key", "bob", "access_secret", SECRET)));
                long destination = api.create("/api/registries",
                        Map.of("name", "b", "registry_type", "oci", "url", b.url()));
                long policy = api.create("/api/replication/policies",
                        Map.of("name", "p", "src_registry_id", source, "dest_registry_id", destination));

                JsonNode ended = two.api().ended(api.start(policy));

                assertThat(ended.get("status").asText()).isEqualTo("succeeded");
                assertThat(ended.get("artifacts").get("copied").asInt()).isEqualTo(40);
                assertThat(b.digests()).isEqualTo(a.digests());
                assertThat(one.log() + two.log()).doesNotContain(SECRET);
                assertThat(dump(database)).doesNotContain(SECRET);
                assertThat(Files.exists(folder.resolve("one/postgres"))).isFalse();
            }
        }
    }

    @Test
    void a_registry_that_goes_down_is_found_unhealthy_and_why(@TempDir Path home) {
        Map<String, String> environment = Map.of("DRAYAGE_QUICKSTART", "false", "DRAYAGE_ADMIN_PASSWORD",
                DrayageProcess.PASSWORD, "DRAYAGE_REGISTRIES_CHECK_INTERVAL", "1s");
        try (DrayageProcess drayage = DrayageProcess.start(home, environment)) {
            Api api = drayage.api();
            long id;
            try (Site site = Site.start()) {
                id = api.create("/api/registries", Map.of("name", "a", "registry_type", "oci", "url", site.url()));
                assertThat(status(api, id)).isEqualTo("healthy");
            }

            Awaitility.await().atMost(Duration.ofSeconds(40)).until(() -> status(api, id).equals("unhealthy"));

            JsonNode registry = api.get("/api/registries/" + id).json();
            assertThat(registry.get("status_text").asText()).contains("refuses the connection");
            assertThat(registry.get("status_time").isNull()).isFalse();
        }
    }

    private static String status(Api api, long id) {
        return api.get("/api/registries/" + id).expect(200).json().get("status").asText();
    }

    /** All that the tables hold, as text. */
    private static String dump(EmbeddedDatabase database) {
        JdbcClient jdbc = JdbcClient
            .create(new DriverManagerDataSource(database.jdbcUrl(), database.user(), database.password()));
        StringBuilder all = new StringBuilder();
        for (String table : List.of("registry", "policy", "execution", "task", "task_log", "artifact_outcome",
                "scheduled_tasks", "account")) {
            jdbc.sql("SELECT t::text FROM " + table + " t").query(String.class).list().forEach(all::append);
        }
        return all.toString();
    }

}
