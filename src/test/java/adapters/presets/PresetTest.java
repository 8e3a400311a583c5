package adapters.presets;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import adapters.generic.PlainCloud;
import fixtures.LogLines;
import fixtures.Patience;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.Secret;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import replication.Refusal;
import replication.registry.Ability;
import replication.registry.CredentialKind;
import replication.registry.Faults;
import replication.registry.Registry;
import replication.registry.RegistryConnection;
import replication.registry.RegistryCredential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PresetTest {

    @ParameterizedTest(name = "{0} at {1}")
    @CsvSource({ "DIGITALOCEAN, https://registry.digitalocean.com, https://registry.example.com",
            "NETEASE, https://hub.example.com, http://hub.example.com", "NEXUS, http://nexus.example.com:8082/docker,",
            "ORACLE_OCIR, https://fra.ocir.io, https://fra.ocir.io.example.com",
            "SCALEWAY, https://rg.fr-par.scw.cloud, https://fr-par.scw.cloud", "ZOT, https://zot.example.com:5000," })
    void takes_urls_of_its_own_form_only(Preset preset, URI right, @Nullable URI wrong) {
        Faults none = new Faults();
        preset.info().checkUrl(right, none);
        assertThatCode(none::refuse).doesNotThrowAnyException();
        if (wrong != null) {
            Faults faults = new Faults();
            preset.info().checkUrl(wrong, faults);
            assertThatExceptionOfType(Refusal.Invalid.class).isThrownBy(faults::refuse)
                .withMessageContaining(preset.info().identity());
        }
    }

    @ParameterizedTest
    @EnumSource
    void says_what_it_cannot_do_and_has_its_place_on_the_page(Preset preset) throws IOException {
        String page = Files.readString(Path.of("docs/adapters/presets.md"));
        assertThat(page).contains("## " + preset.info().name() + " (`" + preset.info().identity() + "`)");
        assertThat(preset.info().description().contains("named exactly")).isEqualTo(!preset.info().can(Ability.LIST));
        assertThat(preset.info().description().contains("no tag is deleted"))
            .isEqualTo(!preset.info().can(Ability.DELETE_TAG));
        assertThat(preset.info().credentials()).extracting(CredentialKind::type).contains("basic");
        assertThat(preset.info().triggers()).containsExactly("manual", "scheduled");
    }

    @Test
    void a_token_without_a_user_is_the_user_as_well_and_shown_as_neither() {
        try (PlainCloud cloud = PlainCloud.takingTokens();
                LogLines log = new LogLines("oci", "adapters", "replication");
                RegistryConnection connection = new PresetAdapter(Preset.DIGITALOCEAN.info(), Patience.SHORT,
                        new HostLimits(LimitSizes.DEFAULTS))
                    .connect(
                            new Registry(1, "ocean", "", "digitalocean", URI.create(cloud.url()), false,
                                    new RegistryCredential("basic", Map.of(),
                                            Map.of("access_secret", new Secret(PlainCloud.PASSWORD))),
                                    null, null, 0))) {
            connection.check();
            assertThat(connection.admission()).isEqualTo("let in as the token");
            assertThat(String.join("\n", log.lines())).doesNotContain(PlainCloud.PASSWORD);
        }
    }

}
