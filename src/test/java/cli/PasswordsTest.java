package cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import fixtures.Command;
import fixtures.FaultyRegistry;
import fixtures.Images;
import fixtures.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Passwords arrive as they were given, and nowhere else. */
class PasswordsTest {

    private static final Reply ASKS = Reply.status(401).header("WWW-Authenticate", "Basic realm=\"test\"");

    private static final String HIDDEN = "hidden-word";

    private final FaultyRegistry server = new FaultyRegistry();

    @AfterEach
    void stop() {
        this.server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = { "pa$$word", "${HOME}${env:HOME}#{1}\\a\\\\${x}:a@b\\", "@grün 木 🐢 %s%n{{x}}\"'", " -x " })
    void a_password_of_a_variable_arrives_character_by_character(String password) {
        Reply manifest = Reply.of(Images.image(1, 10).manifest());
        this.server.on("GET", "/v2/", ASKS)
            .on("HEAD", "/v2/app/manifests/v1", manifest.ifAuthorized(basic("ann", password), ASKS))
            .on("HEAD", "/v2/copy/manifests/v1", ASKS)
            .on("GET", "/api/replication/executions", Reply.json("[]"));

        Command
            .run(Map.of("LC_ALL", "C.UTF-8", "DRAYAGE_SRC_CREDS", "ann:" + password, "DRAYAGE_DEST_CREDS",
                    "bob:" + password), "copy", this.server.host() + "/app:v1", this.server.host() + "/copy:v1")
            .expect(1);
        Command
            .run(Map.of("LC_ALL", "C.UTF-8", "DRAYAGE_USER", "eve", "DRAYAGE_PASSWORD", password), "status", "--url",
                    this.server.url().toString())
            .expect(0);

        assertThat(logins("HEAD", "/v2/app/manifests/v1")).contains(basic("ann", password));
        assertThat(logins("HEAD", "/v2/copy/manifests/v1")).contains(basic("bob", password));
        assertThat(logins("GET", "/api/replication/executions")).containsOnly(basic("eve", password));
    }

    @Test
    void a_password_of_an_option_arrives_so_too_and_names_no_file(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("words"), "other");
        String password = "@" + file;
        this.server.on("GET", "/v2/", ASKS)
            .on("HEAD", "/v2/app/manifests/v1", ASKS)
            .on("GET", "/api/replication/executions", Reply.json("[]"));

        Command.run("copy", this.server.host() + "/app:v1", "layout:" + folder, "--src-creds", "a$$${x}:" + password)
            .expect(1);
        Command.run("status", "--url", this.server.url().toString(), "--user", "a$$", "--password", password).expect(0);

        assertThat(logins("HEAD", "/v2/app/manifests/v1")).contains(basic("a$$${x}", password));
        assertThat(logins("GET", "/api/replication/executions")).containsOnly(basic("a$$", password));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = { "copy a b --dest-cred u:hidden-word | There is no option --dest-cred",
                    "copy a b --dest-cred=u:hidden-word | There is no option --dest-cred",
                    "copy a b u:hidden-word | copy takes fewer words; 1 are too many",
                    "copy a b --src-creds hidden-word | --src-creds: it is written USER:PASSWORD",
                    "status --url http://u:hidden-word@h | drayage: DRAYAGE_URL or --url is written http://host:port",
                    "status --url hidden-word | drayage: DRAYAGE_URL or --url is written http://host:port",
                    "status --passwort hidden-word | There is no option --passwort" })
    void a_password_at_the_wrong_place_is_not_repeated(String call, String said) {
        Command command = Command.run(call.split(" "));

        assertThat(command.code()).isNotZero();
        assertThat(command.err()).startsWith(said).doesNotContain(HIDDEN, "java.");
    }

    @Test
    void a_variable_that_is_no_login_is_named_and_not_shown() {
        assertThat(Command.run(Map.of("DRAYAGE_SRC_CREDS", HIDDEN), "copy", "a", "b").expect(2).err())
            .startsWith("DRAYAGE_SRC_CREDS: it is written USER:PASSWORD")
            .doesNotContain(HIDDEN);
        assertThat(Command.run(Map.of("DRAYAGE_PASSWORD", "grün", "LC_ALL", "C"), "status").expect(1).err())
            .isEqualTo("drayage: DRAYAGE_PASSWORD has characters that the locale does not have; "
                    + "LC_ALL=C.UTF-8 has all of them\n");
    }

    private List<String> logins(String method, String path) {
        return this.server.requests(method, path).stream().map(FaultyRegistry.Request::authorization).toList();
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

}
