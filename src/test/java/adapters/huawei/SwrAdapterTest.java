package adapters.huawei;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import adapters.signed.AccessKey;
import fixtures.Image;
import fixtures.Images;
import fixtures.Patience;
import fixtures.vendors.Cloud;
import fixtures.vendors.HuaweiFront;
import fixtures.vendors.SignedFront;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.Credential;
import oci.model.RegistryFailure;
import oci.model.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
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

class SwrAdapterTest {

    private final HuaweiFront front = new HuaweiFront();

    private final SwrAdapter adapter = new SwrAdapter(Patience.SHORT, new HostLimits(LimitSizes.DEFAULTS));

    private final Cloud cloud = new Cloud(this.front, this.adapter, Map.of("region", HuaweiFront.REGION));

    @AfterEach
    void close() {
        this.front.close();
        assertThat(this.front.mistakes).isEmpty();
    }

    @Test
    void lists_repositories_and_tags_with_digests_by_markers() {
        this.front.pageCap = 2;
        this.cloud.hold("team/a", "team/deep/b", "team/c", "other/d");
        Image image = Images.image(1, 100);
        this.front.push("team/deep/b", "v1", image);
        this.front.push("team/deep/b", "v2", image);
        this.front.push("team/deep/b", "v3", image);
        try (RegistryConnection connection = this.cloud.connect(Map.of())) {
            assertThat(names(connection)).containsExactlyInAnyOrder("team/a", "team/deep/b", "team/c", "other/d");
            assertThat(names(connection, "other")).containsExactly("other/d");
            assertThat(digests(connection, "team/deep/b")).hasSize(3).containsEntry("v3", image.digest().toString());
            assertThat(digests(connection, "team/none")).isEmpty();
        }
        assertThat(this.front.registryLog).isEmpty();
        assertThat(this.front.apiRequests("GET", "/v3/manage/namespaces/team/repos/deep%24b/tags?limit=1000"))
            .isEqualTo(2);
    }

    @Test
    void a_list_that_goes_on_without_a_marker_is_not_complete() {
        this.front.pageCap = 2;
        this.cloud.hold("team/app");
        for (String tag : List.of("v1", "v2", "v3")) {
            this.front.push("team/app", tag, Images.image(1, 100));
        }
        this.front.withheld.add("nextMarker");
        try (RegistryConnection connection = this.cloud.connect(Map.of())) {
            assertThatExceptionOfType(RegistryFailure.Incomplete.class)
                .isThrownBy(() -> digests(connection, "team/app"))
                .withMessage("GET /v3/manage/namespaces/team/repos/app/tags: the list has more, but no marker to go "
                        + "on from");
        }
    }

    @Test
    void makes_an_organization_where_a_push_finds_none() {
        try (RegistryConnection connection = this.cloud.connect(Map.of())) {
            Images.image(1, 100).pushTo(target(connection, "team/deep/app"), "v1");
            Images.image(1, 100).pushTo(target(connection, "team/web"), "v1");
        }
        assertThat(this.front.namespaces).containsExactly("team");
        assertThat(this.front.made("team/deep/app").path("is_public").asBoolean(true)).isFalse();
        assertThat(this.front.apiRequests("POST", "/repos")).isEqualTo(1);
    }

    @Test
    void makes_a_public_repository_before_its_first_push_would_make_a_private_one() {
        try (RegistryConnection connection = this.cloud.connect(Map.of("visibility", "public"))) {
            Images.image(1, 100).pushTo(target(connection, "team/app"), "v1");
            Images.image(2, 100).pushTo(target(connection, "team/app"), "v2");
        }
        assertThat(this.front.made("team/app").path("is_public").asBoolean()).isTrue();
        assertThat(this.front.apiRequests("POST", "/repos")).isEqualTo(1);
    }

    @Test
    void deletes_one_tag_and_no_other_one() {
        this.cloud.hold("team/deep/app");
        Image image = Images.image(1, 100);
        this.front.push("team/deep/app", "v1", image);
        this.front.push("team/deep/app", "v2", image);
        try (RegistryConnection connection = this.cloud.connect(Map.of())) {
            assertThat(delete(connection, "team/deep/app", "v1", image.digest())).isEmpty();
            assertThat(delete(connection, "team/deep/app", "v1", image.digest())).isEmpty();
            assertThat(digests(connection, "team/deep/app")).containsOnlyKeys("v2");
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
        try (RegistryConnection connection = this.cloud.connect("AKother", "canary", Map.of())) {
            assertThatExceptionOfType(RegistryFailure.Unauthorized.class).isThrownBy(connection::check)
                .withMessageContaining("/v2/manage/utils/secret: 401 SVCSTG.SWR.4010000 \"the fake says no\"");
        }
    }

    @Test
    void a_long_term_login_is_derived_from_the_key_without_a_request() {
        Credential.Basic login = (Credential.Basic) SwrAdapter
            .derived(new AccessKey(SignedFront.ID, new Secret(SignedFront.SECRET), new Secret("")), HuaweiFront.REGION);
        // printf AKIDcanary | openssl dgst -sha256 -hmac canary-of-the-secret-key
        assertThat(login.accessKey()).isEqualTo("cn-north-4@AKIDcanary");
        assertThat(login.accessSecret().reveal())
            .isEqualTo("a118923b9ea467fabdfe5e821f8b0b7d5cceded317029d28255bce9ae9ff929b");
        this.front.logins.live(Duration.ofMinutes(60));
        this.front.logins.issue(login.accessSecret().reveal());
        try (RegistryConnection connection = this.cloud.connect(Map.of("login", "long_term"))) {
            connection.check();
        }
        assertThat(this.front.apiRequests("POST", "/utils/secret")).isZero();
    }

    @Test
    void the_region_is_read_from_the_host_s_name() {
        this.adapter.connect(at("https://swr.cn-east-3.myhuaweicloud.com")).close();
        this.adapter.connect(at("https://swr.eu-west-101.myhuaweicloud.eu")).close();
        assertThatExceptionOfType(Refusal.Invalid.class)
            .isThrownBy(() -> this.adapter.connect(at("https://swr.example.com")))
            .satisfies((refusal) -> assertThat(refusal.field()).isEqualTo("settings.region"));
    }

    private static Registry at(String url) {
        return new Registry(0, "swr", "", "huawei-swr", URI.create(url), false,
                RegistryCredential.basic(SignedFront.ID, new Secret("canary")), Map.of(), null, null, 0,
                Bandwidth.UNLIMITED, null);
    }

}
