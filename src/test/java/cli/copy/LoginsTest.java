package cli.copy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@code docker login} and {@code podman login} leave behind. */
@SuppressWarnings("NullAway.Init")
class LoginsTest {

    @TempDir
    Path home;

    private Path docker;

    private Path running;

    @BeforeEach
    void makeFolders() throws Exception {
        this.docker = Files.createDirectories(this.home.resolve(".docker")).resolve("config.json");
        this.running = Files.createDirectories(this.home.resolve("run/containers")).resolve("auth.json");
    }

    @Test
    void docker_comes_before_podman_and_whoever_is_in_neither_is_nobody() throws Exception {
        Files.writeString(this.docker, auths("a.example", "ann"));
        Files.writeString(this.running,
                "{\"auths\":{\"a.example\":%s,\"b.example\":%s}}".formatted(auth("bob"), auth("bea")));
        assertThat(user("a.example/app")).isEqualTo("ann");
        assertThat(user("b.example/app")).isEqualTo("bea");
        assertThat(user("c.example/app")).isEmpty();
    }

    @Test
    void the_longest_path_of_podmans_counts() throws Exception {
        Files.writeString(this.running, "{\"auths\":{\"a.example\":%s,\"a.example/team\":%s,\"a.example/team/app\":%s}}"
            .formatted(auth("all"), auth("team"), auth("app")));
        assertThat(user("a.example/team/app:v1")).isEqualTo("app");
        assertThat(user("a.example/team/other")).isEqualTo("team");
        assertThat(user("a.example/teams/app")).isEqualTo("all");
        Files.writeString(this.running, auths("a.example/v2", "ann"));
        assertThat(user("a.example/v2/app")).isEqualTo("ann");
        Files.writeString(this.running, auths("docker.io/library", "ann"));
        assertThat(user("alpine")).isEqualTo("ann");
    }

    @Test
    void docker_hub_is_known_by_the_names_of_both() throws Exception {
        Files.writeString(this.docker, auths("https://index.docker.io/v1/", "ann"));
        assertThat(user("alpine")).isEqualTo("ann");
        Files.writeString(this.docker, auths("docker.io", "bob"));
        assertThat(user("alpine")).isEqualTo("bob");
    }

    @Test
    void docker_hubs_own_helper_is_asked_under_either_name() throws Exception {
        Path helper = Files.writeString(this.home.resolve("docker-credential-vault"), """
                #!/bin/sh
                read server
                echo "{\\"Username\\":\\"$server\\",\\"Secret\\":\\"x\\"}"
                """);
        assertThat(helper.toFile().setExecutable(true)).isTrue();
        for (String name : new String[] { "https://index.docker.io/v1/", "docker.io" }) {
            Files.writeString(this.docker, "{\"credHelpers\":{\"%s\":\"vault\"}}".formatted(name));
            assertThat(user("alpine")).isEqualTo("https://index.docker.io/v1/");
        }
    }

    @ParameterizedTest
    @CsvSource({ "http://a.example, a.example/app", "https://a.example/v2/, a.example/app",
            "https://a.example, a.example/app", "a.example/v1/, a.example/app", "a.example/v2/, a.example/app",
            "a.example:443, a.example/app", "a.example, a.example:443/app", "https://a.example:443/v2, a.example/app",
            "http://a.example:80/v1/, a.example/app", "https://A.example/, a.example/app", "a.example, A.EXAMPLE/app",
            "https://a.example:5000/v2/, a.example:5000/app", "https://index.docker.io/v1/, alpine",
            "https://index.docker.io/v2/, alpine", "index.docker.io, alpine", "registry-1.docker.io, alpine",
            "https://docker.io/, alpine" })
    void finds_a_login_by_all_spellings_of_its_registry(String saved, String image) throws Exception {
        Files.writeString(this.docker, auths(saved, "ann"));
        assertThat(user(image)).isEqualTo("ann");
        helper();
        Files.writeString(this.docker, "{\"credHelpers\":{\"%s\":\"vault\"}}".formatted(saved));
        Files.writeString(this.home.resolve("known"), saved);
        assertThat(user(image)).as("of its helper").isEqualTo(saved);
        Files.writeString(this.docker, "{\"credsStore\":\"vault\"}");
        assertThat(user(image)).as("of the helper for all").isEqualTo(saved);
    }

    @ParameterizedTest
    @CsvSource({ "a.example:80, a.example/app", "a.example:5000, a.example/app", "b.a.example, a.example/app",
            "https://a.example.org, a.example/app", "a.example/other, a.example/app",
            "http://a.example:443, a.example/app", "docker.io/bitnami, alpine", "a.example/v2, a.example/app",
            "quay.io, alpine" })
    void gives_no_login_of_another_registry(String saved, String image) throws Exception {
        Files.writeString(this.docker, auths(saved, "ann"));
        assertThat(user(image)).isEmpty();
    }

    @Test
    void the_very_name_comes_before_its_other_spellings() throws Exception {
        Files.writeString(this.docker,
                "{\"auths\":{\"http://a.example\":%s,\"a.example\":%s}}".formatted(auth("other"), auth("ann")));
        assertThat(user("a.example/app")).isEqualTo("ann");
    }

    @Test
    void a_helper_that_does_not_list_its_logins_knows_none_but_by_their_names() throws Exception {
        helper("#!/bin/sh\necho 'credentials not found in native keychain'; exit 1\n");
        Files.writeString(this.docker, "{\"credsStore\":\"vault\"}");
        assertThat(user("a.example/app")).isEmpty();
    }

    /** Knows the login of the server that stands in the file {@code known} alone. */
    private void helper() throws IOException {
        helper("""
                #!/bin/sh
                known=$(cat "$(dirname "$0")/known")
                [ "$1" = list ] && { echo "{\\"$known\\":\\"ann\\",\\"other.example\\":\\"bob\\"}"; exit; }
                read -r server
                [ "$server" = "$known" ] || { echo "credentials not found in native keychain"; exit 1; }
                echo "{\\"Username\\":\\"$server\\",\\"Secret\\":\\"x\\"}"
                """);
    }

    private void helper(String script) throws IOException {
        Path helper = Files.writeString(this.home.resolve("docker-credential-vault"), script);
        assertThat(helper.toFile().setExecutable(true)).isTrue();
    }

    private String user(String image) {
        Logins logins = Logins.read(null, Map.of("HOME", this.home.toString(), "XDG_RUNTIME_DIR",
                this.home.resolve("run").toString(), "PATH", this.home + ":/usr/bin:/bin"));
        return logins.of((Place.Remote) Place.parse(image)).value("access_key");
    }

    private static String auths(String server, String user) {
        return "{\"auths\":{\"%s\":%s}}".formatted(server, auth(user));
    }

    private static String auth(String user) {
        String login = Base64.getEncoder().encodeToString((user + ":word").getBytes(StandardCharsets.UTF_8));
        return "{\"auth\":\"%s\"}".formatted(login);
    }

}
