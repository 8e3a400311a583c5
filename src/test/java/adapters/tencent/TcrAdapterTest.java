package adapters.tencent;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import fixtures.Image;
import fixtures.Images;
import fixtures.Patience;
import fixtures.vendors.Cloud;
import fixtures.vendors.TencentFront;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.RegistryFailure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import replication.registry.RegistryConnection;

import static fixtures.vendors.Cloud.delete;
import static fixtures.vendors.Cloud.digests;
import static fixtures.vendors.Cloud.names;
import static fixtures.vendors.Cloud.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TcrAdapterTest {

    private final TencentFront front = new TencentFront();

    private final TcrAdapter adapter = new TcrAdapter(Patience.SHORT, new HostLimits(LimitSizes.DEFAULTS));

    private final Cloud cloud = new Cloud(this.front, this.adapter, Map.of());

    @AfterEach
    void close() {
        this.front.close();
        assertThat(this.front.mistakes).isEmpty();
    }

    @Test
    void finds_its_instance_by_the_domain_and_lists_repositories_page_by_page() {
        this.front.pageCap = 2;
        Image image = Images.image(1, 100);
        for (String name : List.of("team/a", "team/b", "team/c", "other/d")) {
            this.cloud.hold(name);
            this.front.push(name, "v1", image);
        }
        try (RegistryConnection connection = this.cloud.connect(Map.of())) {
            connection.check();
            assertThat(names(connection)).containsExactlyInAnyOrder("team/a", "team/b", "team/c", "other/d");
            assertThat(names(connection, "other", "none")).containsExactly("other/d");
        }
    }

    @Test
    void lists_tags_with_digests_and_asks_for_no_manifest() {
        this.front.pageCap = 3;
        this.cloud.hold("team/app");
        Image image = Images.image(1, 100);
        for (int i = 0; i < 7; i++) {
            this.front.push("team/app", "v" + i, image);
        }
        try (RegistryConnection connection = this.cloud
            .connect(Map.of("instance", TencentFront.INSTANCE, "region", "ap-shanghai"))) {
            assertThat(digests(connection, "team/app")).hasSize(7).containsEntry("v6", image.digest().toString());
            assertThat(digests(connection, "team/none")).isEmpty();
        }
        assertThat(this.front.registryLog).isEmpty();
        assertThat(this.front.apiRequests("POST", "")).isEqualTo(4);
    }

    @Test
    void makes_a_namespace_and_a_repository_where_a_push_finds_none() {
        try (RegistryConnection connection = this.cloud.connect(Map.of("visibility", "public"))) {
            Images.image(1, 100).pushTo(target(connection, "team/app"), "v1");
            Images.image(2, 100).pushTo(target(connection, "team/app"), "v2");
            Images.image(3, 100).pushTo(target(connection, "team/web"), "v1");
        }
        assertThat(this.front.namespaces).containsExactly("team");
        assertThat(this.front.created).containsOnlyKeys("team/app", "team/web");
        assertThat(this.front.digests("team/app")).containsOnlyKeys("v1", "v2");
    }

    @Test
    void makes_nothing_where_the_registry_s_settings_say_so() {
        try (RegistryConnection connection = this.cloud.connect(Map.of("create", "never"))) {
            assertThatExceptionOfType(RegistryFailure.Unauthorized.class)
                .isThrownBy(() -> Images.image(1, 100).pushTo(target(connection, "team/app"), "v1"));
        }
        assertThat(this.front.created).isEmpty();
    }

    @Test
    void deletes_one_tag_and_no_other_one() {
        this.cloud.hold("team/app");
        Image image = Images.image(1, 100);
        this.front.push("team/app", "v1", image);
        this.front.push("team/app", "v2", image);
        try (RegistryConnection connection = this.cloud.connect(Map.of())) {
            assertThat(delete(connection, "team/app", "v1", image.digest())).isEmpty();
            assertThat(delete(connection, "team/app", "v1", image.digest())).isEmpty();
            assertThat(digests(connection, "team/app")).containsOnlyKeys("v2");
        }
    }

    @Test
    void errors_of_status_200_are_what_their_codes_say() {
        this.cloud.hold("team/app");
        try (RegistryConnection connection = this.cloud.connect(Map.of())) {
            assertThat(names(connection)).containsExactly("team/app");
            this.front.errors.addAll(List.of("RequestLimitExceeded", "InternalError.DbError"));
            assertThat(names(connection)).containsExactly("team/app");
            this.front.errors.add("UnauthorizedOperation");
            assertThatExceptionOfType(RegistryFailure.Unauthorized.class).isThrownBy(() -> names(connection))
                .withMessageMatching("DescribeRepositories at [^ ]+: 200 UnauthorizedOperation \"the fake says no\"");
        }
    }

    @Test
    void what_is_not_found_of_all_namespaces_is_no_empty_list() {
        this.cloud.hold("team/app");
        try (RegistryConnection connection = this.cloud.connect(Map.of())) {
            assertThat(names(connection)).containsExactly("team/app");
            this.front.errors.add("ResourceNotFound.ErrNoNamespace");
            assertThatExceptionOfType(RegistryFailure.NotFound.class).isThrownBy(() -> names(connection))
                .withMessageContaining("ResourceNotFound.ErrNoNamespace");
        }
    }

    @Test
    void an_answer_without_a_token_is_no_login() {
        this.front.withheld.add("Token");
        try (RegistryConnection connection = this.cloud.connect(Map.of())) {
            assertThatExceptionOfType(RegistryFailure.Permanent.class).isThrownBy(connection::check)
                .withMessageContaining("CreateInstanceToken: the answer has no token");
        }
    }

    @Test
    void a_login_that_ends_is_asked_for_anew() {
        this.cloud.hold("team/app");
        this.front.logins.live(Duration.ofMinutes(60));
        try (RegistryConnection connection = this.cloud.connect(Map.of())) {
            Images.image(1, 100).pushTo(target(connection, "team/app"), "v1");
            this.front.logins.endAll();
            this.front.tokens.endAll();
            assertThat(target(connection, "team/app").head("v1")).isPresent();
        }
        assertThat(this.front.logins.issued()).isEqualTo(2);
    }

    @Test
    void a_key_that_is_not_known_and_a_domain_without_an_instance_are_told() {
        try (RegistryConnection connection = this.cloud.connect("AKIDother", "canary", Map.of())) {
            assertThatExceptionOfType(RegistryFailure.Unauthorized.class).isThrownBy(connection::check)
                .withMessageContaining("AuthFailure.SignatureFailure")
                .satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("canary"));
        }
        try (RegistryConnection connection = this.cloud.connect(Map.of("instance", "tcr-none"))) {
            assertThatExceptionOfType(RegistryFailure.Permanent.class).isThrownBy(connection::check)
                .withMessageContaining("tcr-none");
        }
    }

}
