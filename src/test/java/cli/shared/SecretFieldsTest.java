package cli.shared;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Which fields of a document may have no secret in them. */
class SecretFieldsTest {

    private static final String ADAPTERS = """
            [{"identity": "cloud",
              "credential_kinds": [{"type": "key", "fields": [
                {"key": "key_id", "type": "text", "required": true},
                {"key": "private_key", "type": "secret", "required": true},
                {"key": "passphrase", "type": "secret", "required": false}]}],
              "settings": [{"key": "region", "type": "text"}]},
             {"identity": "oci",
              "credential_kinds": [{"type": "none", "fields": []}, {"type": "basic", "fields": [
                {"key": "access_key", "type": "text", "required": true},
                {"key": "access_secret", "type": "secret", "required": true}]}],
              "settings": []}]
            """;

    private static final String NEW = "{}";

    private final SecretFields fields = new SecretFields(JsonTrees.read(ADAPTERS));

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = { "{'type': 'key', 'key_id': 'k', 'private_key': 'hidden-word'} | credential.private_key",
                    "{'type': 'key', 'passphrase': 'hidden-word'} | credential.passphrase",
                    "{'type': 'key', 'private_key': {'d': 'hidden-word'}} | credential.private_key",
                    "{'type': 'key', 'private_key': ['hidden-word']} | credential.private_key",
                    "{'type': 'key', 'nobody_declared': 'hidden-word'} | credential.nobody_declared",
                    "{'type': 'another', 'key_id': 'hidden-word'} | credential.key_id",
                    "['hidden-word'] | credential" })
    void a_secret_of_any_kind_of_credential_is_refused_by_its_name_and_not_shown(String credential, String field) {
        refused(registry("cloud", "'credential': " + credential), NEW, field);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = { "'client_key': 'hidden-word' | client_key", "'proxy_password': 'hidden-word' | proxy_password",
                    "'client_certificate': 'hidden-word' | client_certificate",
                    "'nobody_declared': 'hidden-word' | nobody_declared",
                    "'settings': {'nobody_declared': 'hidden-word'} | settings.nobody_declared" })
    void so_is_whatever_no_registry_has_in_public(String part, String field) {
        refused(registry("cloud", part), NEW, field);
    }

    @Test
    void a_kind_of_registry_that_the_service_does_not_know_has_secrets_only() {
        refused(registry("unknown", "'credential': {'type': 'basic', 'access_key': 'hidden-word'}"), NEW,
                "credential.access_key");
    }

    @Test
    void what_the_document_leaves_out_is_as_the_service_has_it() {
        String known = registry("cloud", "'credential': {'type': 'key', 'key_id': 'k'}, 'newer': 1").toString();
        ObjectNode said = (ObjectNode) JsonTrees
            .read("{'name': 'hub', 'newer': 2, 'credential': {'key_id': 'other'}}".replace('\'', '"'));
        assertThat(this.fields.in(said, JsonTrees.read(known))).isEmpty();
        said.withObject("/credential").put("private_key", "hidden-word");
        refused(said, known, "credential.private_key");
    }

    @Test
    void variables_are_taken_out_for_the_comparison_and_filled_in_for_the_service() {
        ObjectNode registry = registry("cloud", """
                'credential': {'type': 'key', 'key_id': '${ID}', 'private_key': '${KEY}', 'passphrase': ''},
                'settings': {'region': 'eu'}, 'client_key': '${TLS}', 'proxy_user': 'ann', 'description': '${ID}'
                """);
        List<NamedSecret> secrets = this.fields.in(registry, JsonTrees.object());
        assertThat(secrets).extracting(NamedSecret::path)
            .containsExactlyInAnyOrder("credential.key_id", "credential.private_key", "client_key");

        ObjectNode rest = Secrets.without(registry, secrets);
        assertThat(rest.toString()).doesNotContain("${KEY}", "${TLS}").contains("\"description\":\"${ID}\"", "ann");
        new Secrets(Map.of("ID", "i", "KEY", "k", "TLS", "t")).fill(registry, secrets);
        assertThat(registry.at("/credential/private_key").asText()).isEqualTo("k");
        assertThat(registry.path("client_key").asText()).isEqualTo("t");
        assertThatExceptionOfType(CommandFailed.class).isThrownBy(() -> new Secrets(Map.of()).fill(registry, secrets))
            .withMessageContaining("is not set");
    }

    @Test
    void an_export_names_a_variable_for_each_secret_that_a_registry_has() {
        ObjectNode registry = registry("cloud",
                "'credential': {'type': 'key', 'key_id': 'k'}, 'client_certificate_subject': 'CN=x', 'proxy_user': 'a'");
        this.fields.name(registry, registry.deepCopy());
        assertThat(registry.at("/credential/private_key").asText()).isEqualTo("${HUB_PRIVATE_KEY}");
        assertThat(registry.at("/credential/passphrase").isMissingNode()).isTrue();
        assertThat(registry.path("client_certificate").asText()).isEqualTo("${HUB_CLIENT_CERTIFICATE}");
        assertThat(registry.path("client_key").asText()).isEqualTo("${HUB_CLIENT_KEY}");
        assertThat(registry.path("proxy_password").asText()).isEqualTo("${HUB_PROXY_PASSWORD}");

        ObjectNode plain = registry("oci", "'credential': {'type': 'basic', 'access_key': 'k'}");
        this.fields.name(plain, plain.deepCopy());
        assertThat(plain.at("/credential/access_secret").asText()).isEqualTo("${HUB_SECRET}");
        assertThat(plain.has("client_key")).isFalse();
    }

    private void refused(ObjectNode registry, String known, String field) {
        JsonNode shown = JsonTrees.read(known);
        assertThatExceptionOfType(CommandFailed.class).isThrownBy(() -> this.fields.in(registry, shown))
            .withMessageStartingWith("registry hub: " + field + " must")
            .withMessageNotContaining("hidden-word");
    }

    private static ObjectNode registry(String type, String rest) {
        return (ObjectNode) JsonTrees
            .read("{'name': 'hub', 'registry_type': '%s', %s}".formatted(type, rest).replace('\'', '"'));
    }

}
