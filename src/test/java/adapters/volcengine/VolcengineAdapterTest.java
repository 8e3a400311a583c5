package adapters.volcengine;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

import fixtures.Image;
import fixtures.Images;
import fixtures.Patience;
import fixtures.vendors.Cloud;
import fixtures.vendors.SignedFront;
import fixtures.vendors.VolcengineFront;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.RegistryFailure;
import oci.model.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replication.Refusal;
import replication.bandwidth.Bandwidth;
import replication.registry.Registry;
import replication.registry.RegistryConnection;
import replication.registry.RegistryCredential;

import static fixtures.vendors.Cloud.delete;
import static fixtures.vendors.Cloud.digests;
import static fixtures.vendors.Cloud.names;
import static fixtures.vendors.Cloud.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class VolcengineAdapterTest {

    private final VolcengineFront front = new VolcengineFront();

    private final VolcengineAdapter adapter = new VolcengineAdapter(Patience.SHORT,
            new HostLimits(LimitSizes.DEFAULTS));

    private final Cloud cloud = new Cloud(this.front, this.adapter,
            Map.of("instance", VolcengineFront.INSTANCE, "region", "cn-beijing"));

    @AfterEach
    void close() {
        this.front.close();
        assertThat(this.front.mistakes).isEmpty();
    }

    @Test
    void lists_repositories_and_tags_with_digests_page_by_page() {
        this.front.pageCap = 2;
        this.cloud.hold("team/a", "team/b", "team/c", "other/d");
        Image image = Images.image(1, 100);
        this.front.push("team/a", "v1", image);
        this.front.push("team/a", "v2", image);
        this.front.push("team/a", "v3", image);
        try (RegistryConnection connection = this.cloud.connect(Map.of())) {
            assertThat(names(connection)).containsExactlyInAnyOrder("team/a", "team/b", "team/c", "other/d");
            assertThat(names(connection, "other")).containsExactly("other/d");
            assertThat(digests(connection, "team/a")).hasSize(3).containsEntry("v3", image.digest().toString());
            assertThat(digests(connection, "team/none")).isEmpty();
        }
        assertThat(this.front.registryLog).isEmpty();
    }

    @ParameterizedTest(name = "visibility {0}")
    @CsvSource({ "private, Private", "public, Public", "keep, ''" })
    void makes_a_namespace_and_a_repository_where_a_push_finds_none(String visibility, String level) {
        try (RegistryConnection connection = this.cloud.connect(Map.of("visibility", visibility))) {
            Images.image(1, 100).pushTo(target(connection, "team/app"), "v1");
        }
        assertThat(this.front.namespaces).containsExactly("team");
        assertThat(this.front.made("team/app").path("AccessLevel").asText()).isEqualTo(level);
        assertThat(this.front.digests("team/app")).containsOnlyKeys("v1");
    }

    @Test
    void deletes_one_tag_and_tells_why_another_one_is_left() {
        this.cloud.hold("team/app");
        Image image = Images.image(1, 100);
        this.front.push("team/app", "v1", image);
        this.front.push("team/app", "v2", image);
        this.front.immutable.add("v2");
        try (RegistryConnection connection = this.cloud.connect(Map.of())) {
            assertThat(delete(connection, "team/app", "v1", image.digest())).isEmpty();
            assertThat(delete(connection, "team/app", "v1", image.digest())).isEmpty();
            assertThat(delete(connection, "team/app", "v2", image.digest()))
                .isEqualTo("DeleteTags: tag v2 is immutable");
            assertThat(digests(connection, "team/app")).containsOnlyKeys("v2");
        }
    }

    @Test
    void a_tag_that_is_left_without_a_reason_is_told() {
        this.cloud.hold("team/app");
        Image image = Images.image(1, 100);
        this.front.push("team/app", "v1", image);
        this.front.immutable.add("v1");
        this.front.withheld.add("Reason");
        try (RegistryConnection connection = this.cloud.connect(Map.of())) {
            assertThat(delete(connection, "team/app", "v1", image.digest()))
                .isEqualTo("DeleteTags: the tag is left, and the answer says not why");
        }
    }

    @Test
    void an_answer_without_a_token_is_no_login() {
        this.front.withheld.add("Token");
        try (RegistryConnection connection = this.cloud.connect(Map.of())) {
            assertThatExceptionOfType(RegistryFailure.Permanent.class).isThrownBy(connection::check)
                .withMessageContaining("GetAuthorizationToken: the answer has no token");
        }
    }

    @Test
    void a_login_that_ends_is_asked_for_anew_and_a_wrong_key_is_told() {
        this.cloud.hold("team/app");
        this.front.logins.live(Duration.ofMinutes(60));
        try (RegistryConnection connection = this.cloud.connect(Map.of())) {
            Images.image(1, 100).pushTo(target(connection, "team/app"), "v1");
            this.front.logins.endAll();
            this.front.tokens.endAll();
            assertThat(target(connection, "team/app").head("v1")).isPresent();
        }
        assertThat(this.front.logins.issued()).isEqualTo(2);
        try (RegistryConnection connection = this.cloud.connect("AKLTother", "canary", Map.of())) {
            assertThatExceptionOfType(RegistryFailure.Unauthorized.class).isThrownBy(connection::check)
                .withMessageMatching("GetAuthorizationToken at [^ ]+: 401 SignatureDoesNotMatch \"the fake says no\"");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({ "https://acme-cn-beijing.cr.volces.com, ''", "https://a-cn-b-ap-southeast-1.cr.ivolces.com, ''",
            "https://acme.cr.volces.com, settings.region", "https://cn-beijing.cr.volces.com, settings.region" })
    void instance_and_region_are_read_from_the_host_s_name(String url, String missing) {
        Registry registry = new Registry(0, "cr", "", "volcengine-cr", URI.create(url), false,
                RegistryCredential.basic(SignedFront.ID, new Secret("canary")), Map.of(), null, null, 0,
                Bandwidth.UNLIMITED, null);
        if (missing.isEmpty()) {
            this.adapter.connect(registry).close();
        }
        else {
            assertThatExceptionOfType(Refusal.Invalid.class).isThrownBy(() -> this.adapter.connect(registry))
                .satisfies((refusal) -> assertThat(refusal.field()).isEqualTo(missing));
        }
    }

}
