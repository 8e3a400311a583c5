package cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import fixtures.Command;
import fixtures.FaultyRegistry;
import fixtures.Images;
import fixtures.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Text of others that would move the cursor, hide itself or look like another line. */
class ForgedTextTest {

    /**
     * Clears the screen, C1's way to colours, right-to-left, a bell, and a forged line.
     */
    private static final String EVIL = "a\u001b[2J\u009b31m\u202egpj\u2066\u0007\r\nforged: all is well\u0085b\u2028c";

    private final FaultyRegistry server = new FaultyRegistry();

    @AfterEach
    void stop() {
        this.server.close();
    }

    @BeforeEach
    void serve() {
        String execution = "{\"id\":7,\"policy_name\":%1$s,\"status\":%1$s,\"status_text\":%1$s,\"start_time\":%1$s,\"logs\":["
                + "{\"id\":3,\"src_resource\":%1$s,\"dest_resource\":%1$s,\"status\":%1$s,\"status_text\":%1$s}]}";
        this.server.on("GET", "/api/replication/executions", json("[" + execution + "]"))
            .on("GET", "/api/replication/executions/7", json(execution))
            .on("GET", "/api/replication/executions/7/logs",
                    json("[{\"id\":3,\"src_resource\":%1$s,\"status\":%1$s,\"end_time\":\"x\"}]"))
            .on("GET", "/api/replication/executions/7/logs/3", Reply.body(200, EVIL + "\n"))
            .on("PUT", "/api/replication/executions/7", json(execution))
            .on("GET", "/api/replication/executions/8",
                    Reply.body(404, "{\"detail\":%s,\"field\":%s}".formatted(quoted(EVIL), quoted(EVIL))))
            .on("GET", "/api/registries", json(
                    "[{\"id\":1,\"name\":%1$s,\"registry_type\":%1$s,\"url\":%1$s,\"status\":%1$s,\"status_text\":%1$s}]"))
            .on("GET", "/api/replication/policies", json(
                    "[{\"id\":1,\"name\":\"p\",\"description\":%1$s,\"src_registry_id\":1,\"dest_registry_id\":1}]"))
            .on("GET", "/api/replication/adapters", json("[{\"identity\":%1$s,\"name\":%1$s}]"))
            .on("POST", "/api/replication/executions", json(execution));
    }

    @ParameterizedTest
    @ValueSource(strings = { "status", "status 7", "logs 7", "registries", "run p", "stop 7", "status 8" })
    void a_command_shows_text_of_others_as_one_harmless_line(String command) {
        assertHarmless(service(command.split(" ")));
    }

    @Test
    void json_says_the_same_by_escapes() throws Exception {
        Command shown = service("status", "7", "--json");
        assertHarmless(shown);
        assertThat(new ObjectMapper().readTree(shown.out()).path("policy_name").asText()).isEqualTo(EVIL);
    }

    @Test
    void differences_are_shown_so_too(@TempDir Path folder) throws Exception {
        JsonMapper ascii = JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
        ObjectNode document = ascii.createObjectNode();
        document.putArray("policies")
            .addObject()
            .put("name", "p")
            .put("source", EVIL)
            .put("destination", EVIL)
            .put("description", "new " + EVIL);
        Path file = Files.writeString(folder.resolve("policies.yaml"), ascii.writeValueAsString(document));
        Command shown = service("policies", "apply", "--dry-run", "-f", file.toString()).expect(0);
        assertHarmless(shown);
        assertThat(shown.out()).contains("~ policy p", "    description: ");
    }

    @Test
    void a_registry_cannot_forge_what_a_copy_tells(@TempDir Path folder) {
        Reply manifest = Reply.of(Images.image(1, 10).manifest());
        Reply refusal = Reply.body(403,
                "{\"errors\":[{\"code\":%s,\"message\":%s}]}".formatted(quoted(EVIL), quoted(EVIL)));
        this.server.on("GET", "/v2/", Reply.json("{}"))
            .on("GET", "/v2/app/tags/list",
                    Reply.json("{\"name\":\"app\",\"tags\":[\"v1\",%s]}".formatted(quoted(EVIL))))
            .on("HEAD", "/v2/app/manifests/v1", manifest)
            .on("GET", "/v2/app/manifests/v1", refusal);
        Command all = copy("app", "layout:" + folder, "-a");
        assertHarmless(all);
        assertThat(all.code()).isEqualTo(1);
        Command one = copy("app:v1", "layout:" + folder);
        assertHarmless(one);
        assertThat(one.err()).contains("403");
        assertHarmless(copy("app:v1", "layout:" + folder, "--json"));
    }

    private Command copy(String source, String... rest) {
        String[] whole = new String[rest.length + 2];
        whole[0] = "copy";
        whole[1] = this.server.host() + "/" + source;
        System.arraycopy(rest, 0, whole, 2, rest.length);
        return Command.run(Map.of("LC_ALL", "C.UTF-8"), whole);
    }

    private Command service(String... arguments) {
        return Command.run(Map.of("LC_ALL", "C.UTF-8", "DRAYAGE_URL", this.server.url().toString()), arguments);
    }

    private static void assertHarmless(Command command) {
        String shown = command.out() + command.err();
        assertThat(shown).isNotBlank().contains("forged").doesNotContain("java.", "Exception");
        assertThat(shown.lines()).noneMatch((line) -> line.strip().startsWith("forged"));
        assertThat(shown.codePoints().filter((c) -> c != '\n').mapToObj(Character::getType).map(Integer::byteValue))
            .doesNotContain(Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR);
    }

    private static Reply json(String template) {
        return Reply.json(template.formatted(quoted(EVIL)));
    }

    private static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }

}
