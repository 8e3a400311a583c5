package adapters.generic;

import java.net.URI;

import fixtures.Patience;
import fixtures.Registered;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import replication.Refusal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class GenericAdapterTest {

    final GenericAdapter adapter = new GenericAdapter(Patience.SHORT, new HostLimits(LimitSizes.DEFAULTS));

    @ParameterizedTest
    @ValueSource(strings = { "ftp://a.example", "a.example", "https:///v2", "https://joe@a.example",
            "https://a.example?x=1", "https://a.example#x" })
    void refuses_a_url_that_is_not_of_a_registry(String url) {
        assertThatExceptionOfType(Refusal.Invalid.class)
            .isThrownBy(() -> this.adapter.connect(Registered.at(URI.create(url)).build()))
            .satisfies((refusal) -> assertThat(refusal.field()).isEqualTo("url"));
    }

    @Test
    void refuses_an_authority_that_is_not_pem() {
        assertThatExceptionOfType(Refusal.Invalid.class)
            .isThrownBy(() -> this.adapter
                .connect(Registered.at(URI.create("https://a.example")).trusting("no certificate").build()))
            .satisfies((refusal) -> assertThat(refusal.field()).isEqualTo("ca_certificate"));
    }

    @Test
    void opens_a_connection_without_any_io() {
        this.adapter.connect(Registered.at(URI.create("https://registry.invalid/prefix")).build()).close();
    }

    @Test
    void is_called_oci() {
        assertThat(this.adapter.info().identity()).isEqualTo("oci");
    }

}
