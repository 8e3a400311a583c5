package cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import replication.registry.Credential;

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

    private String user(String image) {
        Logins logins = Logins.read(null, Map.of("HOME", this.home.toString(), "XDG_RUNTIME_DIR",
                this.home.resolve("run").toString(), "PATH", this.home + ":/usr/bin:/bin"));
        return switch (logins.of((Place.Remote) Place.parse(image))) {
            case Credential.Basic basic -> basic.accessKey();
            case Credential.OAuth _, Credential.None _ -> "";
        };
    }

    private static String auths(String server, String user) {
        return "{\"auths\":{\"%s\":%s}}".formatted(server, auth(user));
    }

    private static String auth(String user) {
        String login = Base64.getEncoder().encodeToString((user + ":word").getBytes(StandardCharsets.UTF_8));
        return "{\"auth\":\"%s\"}".formatted(login);
    }

}
