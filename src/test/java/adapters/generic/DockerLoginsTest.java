package adapters.generic;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import fixtures.FaultyRegistry;
import fixtures.Patience;
import fixtures.Reply;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.RegistryFailure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import replication.Refusal;
import replication.registry.Adapters;
import replication.registry.CredentialKind;
import replication.registry.Faults;
import replication.registry.Registry;
import replication.registry.RegistryConnection;
import replication.registry.RegistryCredential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Registries that use the logins of the machine. */
class DockerLoginsTest {

    private final FaultyRegistry registry = new FaultyRegistry();

    private final Path folder;

    private final Path file;

    private final GenericAdapter adapter;

    DockerLoginsTest(@TempDir Path folder) {
        this.folder = folder;
        this.file = folder.resolve("config.json");
        this.adapter = adapter(
                Optional.of(new DockerLogins(this.file, Set.of("vault"), Map.of("PATH", folder + ":/usr/bin:/bin"))));
        this.registry.on("GET", "/v2/", Reply.status(401).header("WWW-Authenticate", "Basic realm=x"),
                Reply.json("{}"));
    }

    @AfterEach
    void close() {
        this.registry.close();
    }

    @Test
    void the_file_is_read_when_it_is_needed_and_again_after_a_refusal() throws IOException {
        this.registry.on("GET", "/v2/", refusal(), Reply.json("{}"), refusal(), Reply.json("{}"));
        write("ann:old");
        try (RegistryConnection connection = connect()) {
            connection.check();
            write("ann:new");
            connection.check();
        }
        assertThat(this.registry.requests("GET", "/v2/")).extracting(FaultyRegistry.Request::authorization)
            .containsExactly("", basic("ann:old"), basic("ann:old"), basic("ann:new"));
    }

    @Test
    void a_helper_that_the_operator_lists_is_asked() throws IOException {
        helper("vault", "bob");
        Files.writeString(this.file, "{\"credHelpers\":{\"%s\":\"vault\"}}".formatted(this.registry.host()));
        try (RegistryConnection connection = connect()) {
            connection.check();
            assertThat(connection.admission()).isEqualTo("let in as bob");
        }
    }

    @Test
    void another_helper_is_not_run() throws IOException {
        helper("other", "bob");
        Files.writeString(this.file, "{\"credsStore\":\"other\"}");
        try (RegistryConnection connection = connect()) {
            assertThatExceptionOfType(RegistryFailure.Permanent.class).isThrownBy(connection::check)
                .withMessage("get the login of %s: it is in the credential helper \"other\", which is not allowed",
                        this.registry.host())
                .satisfies((failure) -> assertThat(failure.reason().hint()).contains("DRAYAGE_CREDENTIAL_HELPERS"));
        }
        assertThat(this.folder.resolve("other.ran")).doesNotExist();
        assertThat(this.registry.requests("GET", "/v2/")).isEmpty();
    }

    @Test
    void a_registry_that_nobody_has_logged_in_to_is_told() {
        try (RegistryConnection connection = connect()) {
            assertThatExceptionOfType(RegistryFailure.Unauthorized.class).isThrownBy(connection::check)
                .withMessage("get the login of %s: this machine has none", this.registry.host());
        }
    }

    @Test
    void a_file_that_cannot_be_read_is_not_quoted() throws IOException {
        Files.writeString(this.file, "{\"auths\": hidden-word");
        try (RegistryConnection connection = connect()) {
            assertThatExceptionOfType(RegistryFailure.Permanent.class).isThrownBy(connection::check)
                .withMessageContaining("is no JSON")
                .withMessageNotContaining("hidden-word");
        }
    }

    @Test
    void where_the_operator_allows_none_the_kind_is_refused_by_name() {
        assertThat(this.adapter.info().credentials()).extracting(CredentialKind::type).contains("docker-config");
        GenericAdapter without = adapter(Optional.empty());
        Faults faults = new Faults();
        without.info().credential("docker-config", Map.of(), faults);
        assertThatExceptionOfType(Refusal.Invalid.class).isThrownBy(faults::refuse)
            .withMessageContaining("none, basic or oauth");
        assertThatExceptionOfType(Refusal.Invalid.class)
            .isThrownBy(() -> new Adapters(List.of(without)).connect(registry()))
            .withMessageContaining("DRAYAGE_DOCKER_CONFIG");
    }

    @Test
    void no_field_names_a_file_or_a_program() {
        Faults faults = new Faults();
        this.adapter.info().credential("docker-config", Map.of("file", "/etc/passwd", "helper", "rm"), faults);
        assertThatExceptionOfType(Refusal.Invalid.class).isThrownBy(faults::refuse)
            .withMessageContaining("there is no field");
    }

    private RegistryConnection connect() {
        return this.adapter.connect(registry());
    }

    private Registry registry() {
        return new Registry(1, "a", "", "oci", this.registry.url(), false,
                new RegistryCredential("docker-config", Map.of(), Map.of()), null, null, 0);
    }

    private static GenericAdapter adapter(Optional<DockerLogins> logins) {
        return new GenericAdapter(Patience.SHORT, new HostLimits(LimitSizes.DEFAULTS), logins);
    }

    private void write(String login) throws IOException {
        Files.writeString(this.file,
                "{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}".formatted(this.registry.host(), encoded(login)));
    }

    private void helper(String name, String user) throws IOException {
        Path program = Files.writeString(this.folder.resolve("docker-credential-" + name), """
                #!/bin/sh
                touch "$(dirname "$0")/%s.ran"
                echo '{"Username":"%s","Secret":"x"}'
                """.formatted(name, user));
        assertThat(program.toFile().setExecutable(true)).isTrue();
    }

    private static Reply refusal() {
        return Reply.status(401).header("WWW-Authenticate", "Basic realm=x");
    }

    private static String basic(String login) {
        return "Basic " + encoded(login);
    }

    private static String encoded(String login) {
        return Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    }

}
