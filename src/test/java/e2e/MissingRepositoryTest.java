package e2e;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import fixtures.Api;
import fixtures.DrayageProcess;
import fixtures.Images;
import fixtures.Site;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Policies that name or select what their source does not have, as a user sees them end.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MissingRepositoryTest {

    private final DrayageProcess drayage;

    private final Api api;

    private final Site from = Site.start();

    private final Site to = Site.start();

    private final Map<String, Long> registries = new HashMap<>();

    private int names;

    MissingRepositoryTest(@TempDir Path home) {
        this.drayage = DrayageProcess.start(home);
        this.api = this.drayage.api();
        this.from.push("library/app", "v1", Images.image(1, 100));
        registry("hub", "oci", this.from.url());
        registry("disk", "layout", "layout:nothing");
        registry("mirror", "oci", this.to.url());
    }

    @AfterAll
    void stop() {
        this.drayage.close();
        this.from.close();
        this.to.close();
    }

    @ParameterizedTest(name = "{0}: {1} {2}, allow_empty {3}: {4}")
    @CsvSource(delimiter = '|', nullValues = "-",
            textBlock = """
                    hub  | library/{app,ngnix} | **  | -    | partial   | the source has no repository library/ngnix      | library/app= library/ngnix=the source has no repository library/ngnix
                    hub  | library/{app,ngnix} | **  | true | succeeded | -                                               | library/app= library/ngnix=the source has no repository library/ngnix
                    hub  | library/ngnix       | **  | -    | partial   | the source has no repository library/ngnix      | library/ngnix=the source has no repository library/ngnix
                    hub  | libary/**           | **  | -    | partial   | the policy's filters select nothing at hub      | -
                    hub  | libary/**           | **  | true | succeeded | nothing matched                                 | -
                    hub  | library/app         | v9  | -    | partial   | the policy's filters select nothing at hub      | library/app=the source has no tag v9 of library/app
                    hub  | library/*           | x*  | -    | partial   | the policy's filters select nothing at hub      | library/app=no tag matches
                    disk | library/app         | **  | -    | partial   | the source has no repository library/app        | library/app=the source has no repository library/app
                    disk | **                  | **  | -    | partial   | the policy's filters select nothing at disk     | -
                    """)
    void ends_as_partial_unless_that_is_allowed(String source, String name, String tag, Boolean allowEmpty,
            String status, String text, String tasks) {
        long policy = this.api.create("/api/replication/policies",
                Map.of("name", "p" + this.names++, "src_registry_id", this.registries.get(source), "dest_registry_id",
                        this.registries.get("mirror"), "filters",
                        List.of(Map.of("type", "name", "value", name), Map.of("type", "tag", "value", tag)),
                        "allow_empty", Boolean.TRUE.equals(allowEmpty)));

        JsonNode ended = this.api.run(policy);

        assertThat(this.api.get("/api/replication/policies/" + policy).json().get("allow_empty").asBoolean())
            .isEqualTo(Boolean.TRUE.equals(allowEmpty));
        assertThat(ended.get("status").asText()).isEqualTo(status);
        assertThat(ended.get("status_text").asText()).isEqualTo((text != null) ? text : "");
        assertThat(String.join(" ", tasks(ended.get("id").asLong()))).isEqualTo((tasks != null) ? tasks : "");
    }

    private List<String> tasks(long execution) {
        List<String> shown = new ArrayList<>();
        this.api.get("/api/replication/executions/" + execution + "/logs")
            .json()
            .forEach((task) -> shown.add(task.get("src_resource").asText() + "=" + task.get("status_text").asText()));
        return shown;
    }

    private void registry(String name, String type, String url) {
        this.registries.put(name,
                this.api.create("/api/registries", Map.of("name", name, "registry_type", type, "url", url)));
    }

}
