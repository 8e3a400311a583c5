package e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fixtures.Command;
import fixtures.DrayageProcess;
import fixtures.Images;
import fixtures.RealRegistry;
import fixtures.Registered;
import fixtures.Site;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The commands that speak to a running service. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PoliciesCommandTest {

    private final Path folder;

    private final DrayageProcess drayage;

    private final RealRegistry secured;

    private final RealRegistry open;

    PoliciesCommandTest(@TempDir Path home) throws IOException {
        this.folder = Files.createDirectories(home.resolve("files"));
        this.drayage = DrayageProcess.start(home.resolve("drayage"));
        this.secured = RealRegistry.builder().basicAuth("ann", "s3cr3t-word").start();
        this.open = RealRegistry.start();
    }

    @AfterAll
    void stop() {
        this.drayage.close();
        this.secured.close();
        this.open.close();
    }

    @Test
    void a_document_is_applied_once_and_changes_nothing_the_second_time() throws Exception {
        Path file = document("one", 0);
        assertThat(drayage("policies", "apply", "-f", file.toString(), "--dry-run").expect(0).out())
            .contains("+ registry one-here", "+ policy one", "not done: 3 created");
        assertThat(drayage("policies", "apply", "-f", file.toString()).expect(0).out())
            .endsWith("3 created, 0 changed, 0 deleted, 0 unchanged\n");
        assertThat(drayage("policies", "apply", "-f", file.toString()).expect(0).out())
            .isEqualTo("nothing changed; 3 match the document; secrets are not compared, --secrets sends them again\n");
        assertThat(drayage("policies", "apply", "-f", document("one", 5).toString()).expect(0).out()).isEqualTo("""
                ~ policy one
                    priority: 0 -> 5
                0 created, 1 changed, 0 deleted, 2 unchanged
                """);
    }

    @Test
    void what_was_exported_is_applied_without_a_change_and_holds_no_secret() throws Exception {
        drayage("policies", "apply", "-f", document("two", 1).toString()).expect(0);
        String exported = drayage("policies", "export").expect(0).out();
        assertThat(exported)
            .contains("name: two", "source: two-here", "access_key: ann", "Europe/Berlin", "bytes_per_second: 50000000",
                    "allow_empty: true", "foreign_layers: copy")
            .doesNotContain("s3cr3t-word", "access_secret", "next_times", "creation_time");
        Path file = Files.writeString(this.folder.resolve("exported.yaml"), exported);
        assertThat(drayage("policies", "apply", "-f", file.toString(), "--prune").expect(0).out())
            .startsWith("nothing changed");
        assertThat(drayage("policies", "export", "--secrets-from-env").expect(0).out())
            .contains("access_secret: \"${TWO_HERE_SECRET}\"");
    }

    @Test
    void what_a_document_does_not_name_is_deleted_only_where_that_is_asked_for() throws Exception {
        drayage("policies", "apply", "-f", document("three", 0).toString()).expect(0);
        JsonNode exported = new ObjectMapper().readTree(drayage("policies", "export", "--json").expect(0).out());
        for (String kind : List.of("registries", "policies")) {
            var each = exported.get(kind).elements();
            while (each.hasNext()) {
                if (each.next().get("name").asText().startsWith("three")) {
                    each.remove();
                }
            }
        }
        Path file = Files.writeString(this.folder.resolve("rest.json"), exported.toString());
        assertThat(drayage("policies", "apply", "-f", file.toString()).expect(0).out()).startsWith("nothing changed");
        assertThat(drayage("policies", "apply", "-f", file.toString(), "--prune").expect(0).out())
            .startsWith("- policy three\n- registry three-here\n- registry three-there\n");
    }

    @Test
    void a_secret_in_the_file_is_refused_and_a_variable_that_is_not_set_is_named() throws Exception {
        String text = Files.readString(document("four", 0));
        Path written = Files.writeString(this.folder.resolve("bad.yaml"), text.replace("${SECRET}", "s3cr3t-word"));
        assertThat(drayage("policies", "apply", "-f", written.toString()).expect(1).err())
            .startsWith("drayage: registry four-here: credential.access_secret must name a variable")
            .doesNotContain("s3cr3t-word");
        Path unset = Files.writeString(this.folder.resolve("unset.yaml"), text.replace("${SECRET}", "${NOWHERE}"));
        assertThat(drayage("policies", "apply", "-f", unset.toString()).expect(1).err())
            .isEqualTo("drayage: registry four-here: the variable ${NOWHERE} is not set\n");
        assertThat(drayage("registries").expect(0).out()).doesNotContain("four");
    }

    @Test
    void a_policy_is_run_watched_and_read_from_a_terminal() throws Exception {
        drayage("policies", "apply", "-f", document("five", 0).toString()).expect(0);
        new Site(this.secured, Registered.at(this.secured).basic("ann", "s3cr3t-word")).push("five/app", "v1",
                Images.image(1, 1000));
        Command run = drayage("run", "five", "--wait").expect(0);
        assertThat(run.out()).contains("of five: succeeded, 1 of 1 repositories, 1 copied");
        String id = run.out().split(" ", 3)[1];
        assertThat(drayage("status").expect(0).out()).startsWith("ID").contains("five");
        assertThat(drayage("status", id).expect(0).out()).contains("five/app", "succeeded");
        assertThat(drayage("logs", id, "-f").expect(0).out()).contains("five/app: ", "copied v1 sha256:");
        assertThat(drayage("registries").expect(0).out()).contains("five-here", "healthy");
        assertThat(drayage("registries", "five-here").expect(0).out()).contains("REPOSITORY", "five/app");
        assertThat(drayage("registries", "five-here", "-q", "five/nothing").expect(0).out()).doesNotContain("five/app");
        assertThat(drayage("registries", "nowhere").expect(1).err()).contains("there is no registry nowhere");
        assertThat(drayage("stop", id).expect(0).out()).contains("of five: succeeded");
        assertThat(drayage("retry", "999999").expect(1).err())
            .isEqualTo("drayage: PUT /api/replication/executions/999999: 404 there is no execution 999999\n");
    }

    @Test
    void a_secret_that_was_changed_is_sent_where_that_is_asked_for() throws Exception {
        String file = document("seven", 0).toString();
        drayage("policies", "apply", "-f", file).expect(0);
        assertThat(drayage("policies", "apply", "-f", file, "--secrets", "--dry-run").expect(0).out()).isEqualTo("""
                ~ registry seven-here
                    credential.access_secret: "unknown" -> "${SECRET}"
                not done: 0 created, 1 changed, 0 deleted, 2 unchanged
                """);
        assertThat(drayageKnowing("another-word", "policies", "apply", "-f", file, "--secrets").expect(1).err())
            .as("the registry is asked with what was sent")
            .contains("401")
            .doesNotContain("another-word");
        assertThat(drayage("policies", "apply", "-f", file, "--secrets").expect(0).out()).contains("1 changed");
    }

    @Test
    void logs_are_followed_until_the_execution_has_ended() throws Exception {
        Path file = document("eight", 0);
        Files.writeString(file,
                Files.readString(file).replace("bytes_per_second: 50000000", "bytes_per_second: 100000"));
        drayage("policies", "apply", "-f", file.toString()).expect(0);
        Site here = new Site(this.secured, Registered.at(this.secured).basic("ann", "s3cr3t-word"));
        here.push("eight/app", "v1", Images.image(3, 1_000_000));
        here.push("eight/app", "v2", Images.image(4, 1000));
        String id = drayage("run", "eight").expect(0).out().split(" ", 3)[1];
        String execution = "/api/replication/executions/" + id;
        assertThat(this.drayage.api().get(execution).json().path("status").asText()).isNotEqualTo("succeeded");
        Command logs = drayage("logs", id, "-f").expect(0);
        assertThat(logs.out().lines()).filteredOn((line) -> line.contains("copied v")).hasSize(2);
        assertThat(logs.out().lines()).doesNotHaveDuplicates();
        assertThat(this.drayage.api().get(execution).json().path("status").asText()).isEqualTo("succeeded");
    }

    @Test
    void copy_does_not_mind_a_running_service() throws Exception {
        Site here = new Site(this.open, Registered.at(this.open));
        here.push("six/app", "v1", Images.image(2, 1000));
        drayage("copy", this.open.host() + "/six/app:v1", this.open.host() + "/six/other:v1").expect(0);
        here.verify("six/other", "v1");
    }

    @Test
    void a_wrong_login_and_a_service_that_is_away_are_told_in_one_line() {
        assertThat(drayage("status", "--password", "wrong").expect(1).err().lines()).singleElement()
            .asString()
            .contains("401", "DRAYAGE_PASSWORD");
        assertThat(drayage("status", "--url", "http://127.0.0.1:1").expect(1).err().lines()).singleElement()
            .asString()
            .contains("is the service running there?");
        assertThat(drayage("run", "nothing-such").expect(1).err())
            .isEqualTo("drayage: there is no policy nothing-such\n");
    }

    private Path document(String name, int priority) throws IOException {
        return Files.writeString(this.folder.resolve(name + ".yaml"), """
                registries:
                  - name: NAME-here
                    registry_type: oci
                    url: %s
                    credential: { type: basic, access_key: ann, access_secret: "${SECRET}" }
                  - name: NAME-there
                    registry_type: oci
                    url: %s
                    bandwidth: { bytes_per_second: 50000000 }
                policies:
                  - name: NAME
                    source: NAME-here
                    destination: NAME-there
                    dest_namespace: mirror
                    filters: [{ type: name, value: "NAME/**" }]
                    triggers: []
                    priority: %d
                    allow_empty: true
                    foreign_layers: copy
                    bandwidth:
                      bytes_per_second: 20000000
                      windows: [{ days: [tue, mon], from: "08:00", to: "18:00", time_zone: Europe/Berlin }]
                """.formatted(this.secured.url(), this.open.url(), priority).replace("NAME", name));
    }

    private Command drayage(String... arguments) {
        return drayageKnowing("s3cr3t-word", arguments);
    }

    private Command drayageKnowing(String secret, String... arguments) {
        Map<String, String> environment = new HashMap<>();
        environment.put("DRAYAGE_URL", "http://127.0.0.1:" + this.drayage.port());
        environment.put("DRAYAGE_PASSWORD", DrayageProcess.PASSWORD);
        environment.put("SECRET", secret);
        environment.put("DOCKER_CONFIG", this.folder.toString());
        return Command.run(environment, arguments);
    }

}
