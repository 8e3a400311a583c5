package transfer.blob;

import java.net.URI;

import oci.model.Secret;
import org.junit.jupiter.api.Test;
import replication.registry.Registry;
import replication.registry.RegistryCredential;

import static org.assertj.core.api.Assertions.assertThat;

class RegistryKeyTest {

    private static final RegistryCredential NOBODY = RegistryCredential.NONE;

    @Test
    void rows_with_one_place_and_account_are_one_registry() {
        assertThat(key("https://Registry.example/", NOBODY)).isEqualTo(key("https://registry.example:443", NOBODY));
        assertThat(key("https://registry.example", RegistryCredential.basic("me", new Secret("old"))))
            .isEqualTo(key("https://registry.example", RegistryCredential.basic("me", new Secret("new"))));
        assertThat(key("layout:exports", NOBODY)).isEqualTo(key("layout:exports", NOBODY));
    }

    @Test
    void other_ports_paths_and_accounts_are_others() {
        RegistryKey one = key("https://registry.example", NOBODY);
        assertThat(one).isNotEqualTo(key("http://registry.example", NOBODY))
            .isNotEqualTo(key("https://registry.example:8443", NOBODY))
            .isNotEqualTo(key("https://registry.example/mirror", NOBODY))
            .isNotEqualTo(key("https://registry.example", RegistryCredential.basic("me", new Secret("x"))));
    }

    @Test
    void shows_no_secret() {
        assertThat(key("https://registry.example", RegistryCredential.oauth(new Secret("hush"))).toString())
            .doesNotContain("hush");
    }

    private static RegistryKey key(String url, RegistryCredential credential) {
        return RegistryKey.of(new Registry(1, "r", "", "oci", URI.create(url), false, credential, null, null, 0));
    }

}
