package replication.registry;

import java.net.URI;
import java.time.Clock;
import java.util.List;

import fixtures.ListedRegistry;
import fixtures.MemoryRegistries;
import oci.model.RegistryFailure;
import oci.model.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import replication.Refusal;
import replication.registry.RegistryEditor.Insistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RegistryEditorTest {

    private final ListedRegistry adapter = new ListedRegistry();

    private final MemoryRegistries registries = new MemoryRegistries(
            registry("https://a.example", RegistryCredential.basic("me", new Secret("word"))));

    private final Adapters adapters = new Adapters(List.of(this.adapter));

    private final RegistryEditor editor = new RegistryEditor(this.registries,
            new HealthCheck(this.adapters, this.registries, Clock.systemUTC()), this.adapters);

    @Test
    void a_credential_without_its_secret_keeps_the_saved_one() {
        this.editor.update(registry("https://a.example", RegistryCredential.basic("me", new Secret(""))),
                Insistence.NONE);

        assertThat(saved()).isEqualTo(RegistryCredential.basic("me", new Secret("word")));
    }

    @ParameterizedTest
    @ValueSource(strings = { "https://A.example", "https://a.example/", "https://a.example.", "https://a.example:443",
            "https://a.example/mirror" })
    void the_same_server_written_otherwise_keeps_the_saved_secret(String url) {
        this.editor.update(registry(url, RegistryCredential.basic("me", new Secret(""))), Insistence.NONE);

        assertThat(saved()).isEqualTo(RegistryCredential.basic("me", new Secret("word")));
    }

    @Test
    void the_saved_secret_follows_to_no_other_host_and_to_no_other_account() {
        refused(registry("https://evil.example", RegistryCredential.basic("me", new Secret(""))));
        refused(registry("http://a.example", RegistryCredential.basic("me", new Secret(""))));
        refused(registry("http://a.example:443", RegistryCredential.basic("me", new Secret(""))));
        refused(registry("https://a.example:8443", RegistryCredential.basic("me", new Secret(""))));
        refused(registry("https://a.example", RegistryCredential.basic("you", new Secret(""))));
        refused(registry("https://a.example", RegistryCredential.oauth(new Secret(""))));

        assertThat(saved()).isEqualTo(RegistryCredential.basic("me", new Secret("word")));
    }

    @Test
    void what_does_not_answer_is_saved_only_with_force() {
        this.adapter.checkFails = new RegistryFailure.Transient("check b.example: name not resolved", null);
        Registry offline = registry("https://b.example", RegistryCredential.NONE);

        assertThatExceptionOfType(Refusal.Invalid.class).isThrownBy(() -> this.editor.create(offline, Insistence.NONE))
            .withMessageContaining("name not resolved")
            .satisfies((refused) -> assertThat(refused.hint()).contains("force"))
            .satisfies((refused) -> assertThat(refused.field()).isEqualTo("url"));
        assertThat(this.editor.create(offline, Insistence.FORCE).health().status()).isEqualTo(Health.Status.UNHEALTHY);
    }

    @Test
    void a_wrong_password_is_told_from_an_unwell_registry() {
        this.adapter.checkFails = new RegistryFailure.Unauthorized("check a.example: 401");

        Health health = this.editor.create(registry("https://a.example", RegistryCredential.NONE), Insistence.FORCE)
            .health();

        assertThat(health.status()).isEqualTo(Health.Status.UNAUTHORIZED);
        assertThat(health.reason()).isEqualTo("check a.example: 401");
    }

    @Test
    void a_secret_shows_in_no_text() {
        assertThat(registry("https://a.example", RegistryCredential.basic("me", new Secret("hidden-word"))).toString())
            .doesNotContain("hidden-word");
    }

    private void refused(Registry registry) {
        assertThatExceptionOfType(Refusal.Invalid.class)
            .isThrownBy(() -> this.editor.update(registry, Insistence.FORCE))
            .satisfies((refused) -> assertThat(refused.field()).isEqualTo("credential.access_secret"));
    }

    private RegistryCredential saved() {
        return this.registries.find(1).orElseThrow().registry().credential();
    }

    private static Registry registry(String url, RegistryCredential credential) {
        return new Registry(1, "a", "", "oci", URI.create(url), false, credential, null, null, 0);
    }

}
