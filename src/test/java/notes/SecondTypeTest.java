package notes;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import fixtures.Api;
import fixtures.DrayageProcess;
import fixtures.StoppablePostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A type of resource that nothing in main names is replicated from end to end by the
 * files of this package and what {@link NoteNode} wires.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecondTypeTest {

    private final Path folder;

    private final StoppablePostgres database;

    private final DrayageProcess drayage;

    private final Api api;

    private final long from;

    private final long to;

    SecondTypeTest(@TempDir Path folder) {
        this.folder = folder;
        this.database = StoppablePostgres.start(folder.resolve("database"));
        this.drayage = DrayageProcess.startAs(NoteNode.class.getName(), folder.resolve("home"),
                Map.of("DRAYAGE_QUICKSTART", "false", "DRAYAGE_ADMIN_PASSWORD", DrayageProcess.PASSWORD,
                        "DRAYAGE_DB_URL", this.database.jdbcUrl(), "DRAYAGE_DB_USER", "postgres"));
        this.api = this.drayage.api();
        this.from = registry("here");
        this.to = registry("there");
    }

    private long registry(String name) {
        return this.api.create("/api/registries",
                Map.of("name", name, "registry_type", "notes", "url", this.folder.resolve(name).toUri().toString()));
    }

    @AfterAll
    void stop() {
        this.drayage.close();
        this.database.close();
    }

    @Test
    void is_found_compared_copied_and_written_down_as_its_own_type() {
        NoteFolder here = new NoteFolder(this.folder.resolve("here"));
        here.write("work", "monday", "begin");
        here.write("work", "draft", "no");
        here.write("home", "sunday", "rest");
        long policy = policy("notes", Map.of("type", "name", "value", "{work,home}"),
                Map.of("type", "resource", "value", "note"),
                Map.of("type", "tag", "value", "draft", "decoration", "excludes"));

        long planned = this.api.create("/api/replication/executions", Map.of("policy_id", policy, "mode", "plan"));
        assertThat(this.api.ended(planned, Duration.ofMinutes(1)).at("/artifacts/copied").asInt()).isEqualTo(2);
        NoteFolder there = new NoteFolder(this.folder.resolve("there"));
        assertThat(there.read("copy/work", "monday")).as("a plan writes nothing").isEmpty();

        JsonNode first = this.api.run(policy);

        assertThat(first.get("status").asText()).as(first.toString()).isEqualTo("succeeded");
        assertThat(first.at("/artifacts/copied").asInt()).isEqualTo(2);
        assertThat(there.read("copy/work", "monday")).hasValue("begin");
        assertThat(there.read("copy/home", "sunday")).hasValue("rest");
        assertThat(there.notes("copy/work")).containsExactly("monday");
        assertThat(tasks(first, "note")).extracting((task) -> task.get("resource_type").asText())
            .containsExactly("note", "note");
        assertThat(tasks(first, "image")).isEmpty();
        assertThat(rows("SELECT DISTINCT resource_type || dest_registry_id FROM task"))
            .containsExactly("note" + this.to);
        assertThat(rows(
                "SELECT resource_type || ' ' || repository || ' ' || tag FROM placement WHERE repository IN ('copy/home', 'copy/work') ORDER BY 1"))
            .containsExactly("note copy/home sunday", "note copy/work monday");

        JsonNode second = this.api.run(policy);

        assertThat(second.at("/artifacts/copied").asInt()).isZero();
        assertThat(second.at("/artifacts/unchanged").asInt()).isEqualTo(2);
    }

    @Test
    void has_subjects_without_a_tag_which_are_written_down_and_shown_with_their_role() {
        NoteFolder here = new NoteFolder(this.folder.resolve("here"));
        here.write("signed", "letter", "dear all");
        here.write("signed", "letter.sig", "signed by me");
        String signature = NoteFolder.digest("signed by me");
        long policy = policy("letters", Map.of("type", "name", "value", "signed"));

        JsonNode first = this.api.run(policy);

        JsonNode task = tasks(first, "note").get(0);
        String artifacts = "/api/replication/executions/%s/tasks/%s/artifacts".formatted(first.get("id"),
                task.get("id"));
        JsonNode shown = this.api.get(artifacts + "?result=copied").expect(200).json();
        assertThat(shown)
            .extracting((artifact) -> artifact.path("role").asText() + " " + artifact.get("reference").asText())
            .containsExactly(" letter", "signature " + signature);
        assertThat(this.api.get(artifacts + "?after=letter").expect(200).json()).hasSize(1);
        assertThat(rows("SELECT tag || ' ' || role FROM placement WHERE repository = 'copy/signed' ORDER BY 1"))
            .containsExactly("letter ", signature + " signature");

        JsonNode second = this.api.run(policy);

        assertThat(second.at("/artifacts/unchanged").asInt()).as(second.toString()).isEqualTo(2);
    }

    @Test
    void is_filtered_by_a_kind_of_filter_that_is_wired_beside_it() {
        NoteFolder here = new NoteFolder(this.folder.resolve("here"));
        here.write("filtered", "short", "five.");
        here.write("filtered", "long", "twenty-one characters");
        Map<String, String> name = Map.of("type", "name", "value", "filtered");

        JsonNode ended = this.api.run(policy("five", name, Map.of("type", "named_value", "value", "length=5")));

        assertThat(ended.at("/artifacts/copied").asInt()).as(ended.toString()).isEqualTo(1);
        assertThat(new NoteFolder(this.folder.resolve("there")).notes("copy/filtered")).containsExactly("short");
        assertThat(this.api
            .post("/api/replication/policies", body("bad", name, Map.of("type", "named_value", "value", "length")))
            .expect(422)
            .json()
            .get("field")
            .asText()).isEqualTo("filters[1].value");
    }

    @Test
    void is_refused_where_a_registry_does_not_hold_it() {
        long images = this.api.create("/api/registries",
                Map.of("name", "images", "registry_type", "oci", "url", "http://127.0.0.1:9", "force", true));

        JsonNode refusal = this.api
            .post("/api/replication/policies", Map.of("name", "mixed", "src_registry_id", this.from, "dest_registry_id",
                    images, "filters", List.of(Map.of("type", "resource", "value", "note"))))
            .expect(422)
            .json();

        assertThat(refusal.toString())
            .contains("registries of type \\\"oci\\\" do not carry the resource \\\"note\\\"");
    }

    private long policy(String name, Map<?, ?>... filters) {
        return this.api.create("/api/replication/policies", body(name, filters));
    }

    private Map<String, Object> body(String name, Map<?, ?>... filters) {
        return Map.of("name", name, "src_registry_id", this.from, "dest_registry_id", this.to, "dest_namespace", "copy",
                "filters", List.of(filters));
    }

    private JsonNode tasks(JsonNode execution, String type) {
        return this.api.get("/api/replication/executions/" + execution.get("id") + "/logs?resource_type=" + type)
            .expect(200)
            .json();
    }

    private List<String> rows(String sql) {
        return this.database.jdbc().sql(sql).query(String.class).list();
    }

}
