package replication.registry;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import fixtures.ListedRegistry;
import fixtures.MemoryRegistries;
import fixtures.TestAuthority;
import oci.model.ClientCertificate;
import oci.model.Credential;
import oci.model.Rates;
import oci.model.RegistryFailure;
import oci.model.Secret;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import replication.Refusal;
import replication.bandwidth.Bandwidth;
import replication.registry.RegistryEditor.Insistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RegistryEditorTest {

    private static final String A = "https://a.example";

    private static final URI PROXY = URI.create("http://proxy.example:3128");

    private static final Credential.Basic ANN = new Credential.Basic("ann", new Secret("word"));

    private static final TestAuthority AUTHORITY = TestAuthority.create();

    private static final ClientCertificate CERTIFICATE = AUTHORITY.client("sync");

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
    void the_saved_secret_follows_to_no_host_that_another_authority_proves() {
        RegistryCredential kept = RegistryCredential.basic("me", new Secret(""));
        URI url = URI.create("https://a.example");
        refused(new Registry(1, "a", "", "oci", url, false, kept, "theirs", PROXY, 0));

        RegistryCredential whole = RegistryCredential.basic("me", new Secret("word"));
        this.editor.update(new Registry(1, "a", "", "oci", url, false, whole, "ours", null, 0), Insistence.NONE);
        this.editor.update(new Registry(1, "a", "", "oci", url, false, kept, "ours", null, 0), Insistence.NONE);
        this.editor.update(registry("https://a.example", kept), Insistence.NONE);
        assertThat(saved()).isEqualTo(whole);
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

    @Test
    void a_client_certificate_stays_until_another_comes_or_it_is_taken_away() {
        save(CERTIFICATE, null, null);
        assertThat(edited(A, ClientCertificate.SAVED, null, null).clientCertificate()).isEqualTo(CERTIFICATE);

        ClientCertificate other = AUTHORITY.client("other");
        assertThat(edited(A, other, null, null).clientCertificate()).isEqualTo(other);
        assertThat(edited(A, null, null, null).clientCertificate()).isNull();
        assertThat(edited(A, ClientCertificate.SAVED, null, null).clientCertificate()).isNull();
    }

    @Test
    void a_client_certificate_is_renewed_with_its_key_and_refused_without() {
        save(CERTIFICATE, null, null);
        assertThat(
                edited(A, new ClientCertificate(CERTIFICATE.chain(), new Secret("")), null, null).clientCertificate())
            .isEqualTo(CERTIFICATE);
        ClientCertificate other = AUTHORITY.client("other");
        refused("client_key", way(A, new ClientCertificate(other.chain(), new Secret("")), null, null));
        refused("client_key", way(A, new ClientCertificate("", other.key()), null, null));
    }

    @Test
    void its_key_follows_to_no_other_host() {
        save(CERTIFICATE, null, null);
        refused("client_key", way("https://evil.example", ClientCertificate.SAVED, null, null));
        refused("client_key",
                way("https://evil.example", new ClientCertificate(CERTIFICATE.chain(), new Secret("")), null, null));
        assertThat(edited("https://evil.example", CERTIFICATE, null, null).clientCertificate()).isEqualTo(CERTIFICATE);
    }

    @Test
    void a_certificate_that_has_ended_is_saved_only_with_force() {
        ClientCertificate ended = AUTHORITY.client("old", "EC", Instant.now().minusSeconds(60));
        Registry registry = way(A, ended, null, null);
        assertThatExceptionOfType(Refusal.Invalid.class).isThrownBy(() -> this.editor.create(registry, Insistence.NONE))
            .withMessageContaining("has ended")
            .satisfies((refused) -> assertThat(refused.field()).isEqualTo("client_certificate"));
        assertThatExceptionOfType(Refusal.Invalid.class).isThrownBy(() -> this.editor.check(registry));
        assertThat(this.editor.create(registry, Insistence.FORCE).registry().clientCertificate()).isEqualTo(ended);
    }

    @Test
    void the_password_of_a_proxy_stays_for_the_same_user_at_the_same_proxy() {
        save(null, PROXY, ANN);
        Credential.Basic known = new Credential.Basic("ann", new Secret(""));
        assertThat(edited("https://other.example", null, PROXY, known).proxyLogin()).isEqualTo(ANN);
        refused("proxy_password", way(A, null, PROXY, new Credential.Basic("bob", new Secret(""))));
        refused("proxy_password", way(A, null, URI.create("http://evil:3128"), known));
        assertThat(edited(A, null, PROXY, null).proxyLogin()).isNull();
        refused("proxy_password", way(A, null, PROXY, known));
    }

    @Test
    void a_registry_whose_key_or_proxys_password_cannot_be_opened_says_which() {
        Secret locked = Secret.sealed("v1:x", () -> {
            throw new IllegalStateException("another key");
        });
        ClientCertificate certificate = new ClientCertificate(CERTIFICATE.chain(), locked);
        for (Registry registry : List.of(way(A, certificate, null, null),
                way(A, null, PROXY, new Credential.Basic("ann", locked)))) {
            this.registries.update(registry, Health.UNKNOWN);
            assertThatExceptionOfType(RegistryFailure.Unauthorized.class)
                .isThrownBy(() -> this.adapters.connect(registry))
                .withMessageContaining(Secret.LOCKED);
        }
        refused("proxy_password", way(A, null, PROXY, new Credential.Basic("ann", new Secret(""))), Insistence.NONE);
    }

    private void save(@Nullable ClientCertificate certificate, @Nullable URI proxy, Credential.@Nullable Basic login) {
        this.editor.update(way(A, certificate, proxy, login), Insistence.NONE);
    }

    private Registry edited(String url, @Nullable ClientCertificate certificate, @Nullable URI proxy,
            Credential.@Nullable Basic login) {
        return this.editor.update(way(url, certificate, proxy, login), Insistence.NONE).registry();
    }

    private static Registry way(String url, @Nullable ClientCertificate certificate, @Nullable URI proxy,
            Credential.@Nullable Basic login) {
        return new Registry(1, "a", "", "oci", URI.create(url), false, RegistryCredential.NONE, Map.of(), null,
                certificate, proxy, login, 0, Bandwidth.UNLIMITED, Rates.NONE, null);
    }

    private void refused(String field, Registry registry) {
        refused(field, registry, Insistence.FORCE);
    }

    private void refused(String field, Registry registry, Insistence insistence) {
        assertThatExceptionOfType(Refusal.Invalid.class).isThrownBy(() -> this.editor.update(registry, insistence))
            .satisfies((refused) -> assertThat(refused.field()).isEqualTo(field));
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
