package store.registry;

import java.net.URI;
import java.util.Map;

import oci.model.Secret;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import replication.registry.Health;
import replication.registry.Registry;
import replication.registry.RegistryCredential;
import store.Fixture;

import static org.assertj.core.api.Assertions.assertThat;

/** A credential as this version and the one before read and write it, side by side. */
class CredentialColumnsTest {

    private static final Fixture FIXTURE = new Fixture();

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    @Test
    void what_this_version_saves_the_version_before_reads() {
        long id = insert("new", RegistryCredential.basic("me", new Secret("word")));

        assertThat(before(id)).containsEntry("credential_type", "basic")
            .containsEntry("access_key", "me")
            .hasEntrySatisfying("sealed_secret", (sealed) -> assertThat(sealed.toString()).startsWith("v1:"));
        FIXTURE.registries.update(registry(id, "new", RegistryCredential.NONE), Health.UNKNOWN);
        assertThat(before(id)).containsEntry("credential_type", "none")
            .containsEntry("access_key", null)
            .containsEntry("sealed_secret", null);
    }

    @Test
    void what_the_version_before_saves_this_one_reads() {
        long id = insert("old", RegistryCredential.basic("me", new Secret("word")));
        execute("""
                UPDATE registry SET credential_type = 'oauth', access_key = NULL WHERE id = %d
                """.formatted(id));
        assertThat(saved(id)).isEqualTo(RegistryCredential.oauth(new Secret("word")));

        execute("""
                INSERT INTO registry (id, name, description, type, url, insecure, credential_type, health, health_reason)
                VALUES (4711, 'older', '', 'oci', 'https://a.example', false, 'none', 'healthy', '')
                """);
        assertThat(saved(4711)).isEqualTo(RegistryCredential.NONE);
    }

    @Test
    void a_kind_with_several_secrets_comes_back_as_it_was_saved_and_each_lies_there_sealed() {
        RegistryCredential key = new RegistryCredential("key", Map.of("key_id", "k1", "region", "north"),
                Map.of("key_secret", new Secret("canary-1"), "session", new Secret("canary-2")));
        long id = insert("several", key);

        assertThat(saved(id)).isEqualTo(key);
        assertThat(FIXTURE.test.jdbc()
            .sql("SELECT registry::text FROM registry WHERE id = " + id)
            .query(String.class)
            .single()).contains("k1", "north").doesNotContain("canary");
    }

    @Test
    void a_secret_that_was_not_given_is_none_when_it_is_read_again() {
        RegistryCredential robot = new RegistryCredential("basic", Map.of("access_key", "robot"),
                Map.of("access_secret", new Secret("word"), "api_token", new Secret("")));
        RegistryCredential saved = saved(insert("optional", robot));

        assertThat(saved.secret("api_token").isEmpty()).isTrue();
        assertThat(saved.secret("access_secret").reveal()).isEqualTo("word");
    }

    private static long insert(String name, RegistryCredential credential) {
        return FIXTURE.registries.insert(registry(0, name, credential), Health.UNKNOWN).registry().id();
    }

    private static RegistryCredential saved(long id) {
        return FIXTURE.registries.find(id).orElseThrow().registry().credential();
    }

    private static Map<String, Object> before(long id) {
        return FIXTURE.test.jdbc()
            .sql("SELECT credential_type, access_key, sealed_secret FROM registry WHERE id = " + id)
            .query()
            .singleRow();
    }

    private static void execute(String sql) {
        FIXTURE.test.jdbc().sql(sql).update();
    }

    private static Registry registry(long id, String name, RegistryCredential credential) {
        return new Registry(id, name, "", "oci", URI.create("https://b.example"), false, credential, null, null, 0);
    }

}
