package adapters.aliyun;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import fixtures.Image;
import fixtures.Images;
import fixtures.Patience;
import fixtures.vendors.AliyunFront;
import fixtures.vendors.Cloud;
import oci.Artifact;
import oci.ContentRegistry;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.RegistryFailure;
import oci.model.Secret;
import oci.model.StopSignal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

class AliyunAdapterTest {

    private static final String ENTERPRISE = AliyunFront.INSTANCE;

    private static final String HASH = "0000000000000000000000000000000000000000000000000000000000000000";

    private final AliyunFront front = new AliyunFront();

    private final Map<String, String> environment = new HashMap<>();

    private final AliyunAdapter adapter = new AliyunAdapter(Patience.SHORT, new HostLimits(LimitSizes.DEFAULTS),
            this.environment::get);

    private final Cloud cloud = new Cloud(this.front, this.adapter, Map.of());

    @AfterEach
    void close() {
        this.front.close();
        assertThat(this.front.mistakes).isEmpty();
    }

    @ParameterizedTest(name = "instance {0}")
    @ValueSource(strings = { "", ENTERPRISE })
    void lists_repositories_and_tags_with_digests_page_by_page(String instance) {
        this.front.pageCap = 2;
        this.cloud.hold("team/a", "team/b", "team/c", "other/d");
        Image image = Images.image(1, 100);
        this.front.push("team/a", "v1", image);
        this.front.push("team/a", "v2", image);
        this.front.push("team/a", "v3", image);
        try (RegistryConnection connection = this.cloud.connect(Map.of("instance", instance))) {
            assertThat(names(connection)).containsExactlyInAnyOrder("team/a", "team/b", "team/c", "other/d");
            assertThat(names(connection, "other")).containsExactly("other/d");
            assertThat(names(connection, "none")).isEmpty();
            assertThat(digests(connection, "team/a")).hasSize(3).containsEntry("v3", image.digest().toString());
            assertThat(digests(connection, "team/none")).isEmpty();
            try (Stream<Artifact> artifacts = connection.as(ContentRegistry.class)
                .source("team/a", new StopSignal())
                .artifacts()) {
                assertThat(artifacts.map(Artifact::pushed)).containsOnly(Instant.ofEpochMilli(1_572_875_608_000L));
            }
        }
        assertThat(this.front.registryLog).isEmpty();
    }

    @ParameterizedTest(name = "instance {0}")
    @ValueSource(strings = { "", ENTERPRISE })
    void makes_a_namespace_and_a_repository_where_a_push_finds_none(String instance) {
        try (RegistryConnection connection = this.cloud.connect(Map.of("instance", instance, "visibility", "public"))) {
            Images.image(1, 100).pushTo(target(connection, "team/app"), "v1");
        }
        assertThat(this.front.namespaces).containsExactly("team");
        assertThat(this.front.made("team/app").toString()).contains("PUBLIC");
        assertThat(this.front.digests("team/app")).containsOnlyKeys("v1");
    }

    @Test
    void the_enterprise_edition_deletes_one_tag_and_no_other_one() {
        this.cloud.hold("team/app");
        Image image = Images.image(1, 100);
        this.front.push("team/app", "v1", image);
        this.front.push("team/app", "v2", image);
        try (RegistryConnection connection = this.cloud.connect(Map.of("instance", ENTERPRISE))) {
            assertThat(delete(connection, "team/app", "v1", image.digest())).isEmpty();
            assertThat(delete(connection, "team/app", "v1", image.digest())).isEmpty();
            assertThat(digests(connection, "team/app")).containsOnlyKeys("v2");
        }
    }

    @Test
    void the_personal_edition_leaves_a_tag_whose_image_has_others_and_names_them() {
        this.cloud.hold("team/app");
        Image image = Images.image(1, 100);
        this.front.push("team/app", "v1", image);
        this.front.push("team/app", "latest", image);
        Image alone = Images.image(2, 100);
        this.front.push("team/app", "v2", alone);
        try (RegistryConnection connection = this.cloud.connect(Map.of())) {
            assertThat(delete(connection, "team/app", "v1", image.digest())).isEqualTo(
                    "the personal edition deletes images and not tags, and this one has the tags latest as well");
            assertThat(delete(connection, "team/app", "v2", alone.digest())).isEmpty();
            assertThat(digests(connection, "team/app")).containsOnlyKeys("latest", "v1");
        }
    }

    @ParameterizedTest(name = "the other tag has \"{0}\"")
    @ValueSource(strings = { "", "sha256:short", "sha512:" + HASH + HASH })
    void the_personal_edition_leaves_a_tag_where_the_list_does_not_tell_that_others_have_another_image(String listed) {
        this.cloud.hold("team/app");
        Image image = Images.image(1, 100);
        this.front.push("team/app", "v1", image);
        this.front.push("team/app", "latest", image);
        this.front.listedAs.put("latest", listed);
        try (RegistryConnection connection = this.cloud.connect(Map.of())) {
            assertThat(delete(connection, "team/app", "v1", image.digest())).isEqualTo(
                    "the personal edition deletes images and not tags, and this one may have the tags latest as well");
        }
        assertThat(this.front.digests("team/app")).containsOnlyKeys("latest", "v1");
    }

    @ParameterizedTest(name = "the tag has \"{0}\"")
    @ValueSource(strings = { "", "not at all", HASH })
    void the_personal_edition_leaves_a_tag_that_the_list_does_not_have_with_this_image(String listed) {
        this.cloud.hold("team/app");
        Image image = Images.image(1, 100);
        this.front.push("team/app", "v1", image);
        this.front.listedAs.put("v1", listed);
        try (RegistryConnection connection = this.cloud.connect(Map.of())) {
            assertThat(delete(connection, "team/app", "v1", image.digest()))
                .isEqualTo("the personal edition deletes images and not tags, and its list does not say that "
                        + "this tag has the image " + image.digest());
        }
        assertThat(this.front.digests("team/app")).containsOnlyKeys("v1");
    }

    @ParameterizedTest(name = "instance {0}")
    @ValueSource(strings = { "", ENTERPRISE })
    void what_is_not_found_of_all_namespaces_is_no_empty_list(String instance) {
        this.cloud.hold("team/app");
        try (RegistryConnection connection = this.cloud.connect(Map.of("instance", instance))) {
            this.front.errors.add("NAMESPACE_NOT_EXIST");
            assertThatExceptionOfType(RegistryFailure.NotFound.class).isThrownBy(() -> names(connection))
                .withMessageContaining("NAMESPACE_NOT_EXIST");
        }
    }

    @ParameterizedTest(name = "instance {0}")
    @ValueSource(strings = { "", ENTERPRISE })
    void an_answer_without_a_token_is_no_login(String instance) {
        this.front.withheld.addAll(List.of("AuthorizationToken", "authorizationToken"));
        try (RegistryConnection connection = this.cloud.connect(Map.of("instance", instance))) {
            assertThatExceptionOfType(RegistryFailure.Permanent.class).isThrownBy(connection::check)
                .withMessageContaining("GetAuthorizationToken: the answer has no token");
        }
    }

    @Test
    void an_id_that_is_missing_is_asked_for_again() {
        this.cloud.hold("team/app");
        this.front.push("team/app", "v1", Images.image(1, 100));
        try (RegistryConnection connection = this.cloud.connect(Map.of("instance", ENTERPRISE))) {
            this.front.withheld.add("RepoId");
            assertThat(names(connection)).containsExactly("team/app");
            assertThatExceptionOfType(RegistryFailure.Permanent.class).isThrownBy(() -> digests(connection, "team/app"))
                .withMessage("GetRepository: the answer has no RepoId");
            this.front.withheld.clear();
            assertThat(digests(connection, "team/app")).containsOnlyKeys("v1");
        }
    }

    @Test
    void a_limit_of_status_400_is_waited_for_and_a_forbidden_call_is_told() {
        this.cloud.hold("team/app");
        try (RegistryConnection connection = this.cloud.connect(Map.of("instance", ENTERPRISE))) {
            this.front.errors.addAll(List.of("Throttling.User", "SystemError"));
            assertThat(names(connection)).containsExactly("team/app");
            this.front.errors.add("NoPrivilege");
            assertThatExceptionOfType(RegistryFailure.Unauthorized.class).isThrownBy(() -> names(connection))
                .withMessageMatching("ListRepository at [^ ]+: 400 NoPrivilege \"the fake says no\"");
        }
        try (RegistryConnection connection = this.cloud.connect("LTAIother", "canary", Map.of())) {
            assertThatExceptionOfType(RegistryFailure.Unauthorized.class).isThrownBy(connection::check)
                .withMessageContaining("GetAuthorizationToken at ");
        }
    }

    @ParameterizedTest(name = "instance {0}")
    @ValueSource(strings = { "", ENTERPRISE })
    void a_login_that_ends_is_asked_for_anew(String instance) {
        this.cloud.hold("team/app");
        this.front.logins.live(Duration.ofMinutes(60));
        try (RegistryConnection connection = this.cloud.connect(Map.of("instance", instance))) {
            Images.image(1, 100).pushTo(target(connection, "team/app"), "v1");
            this.front.logins.endAll();
            this.front.tokens.endAll();
            assertThat(target(connection, "team/app").head("v1")).isPresent();
        }
        assertThat(this.front.logins.issued()).isEqualTo(2);
    }

    @Test
    void an_instance_that_the_account_does_not_have_is_told() {
        try (RegistryConnection connection = this.cloud.connect(Map.of("instance", "cri-none"))) {
            assertThatExceptionOfType(RegistryFailure.Permanent.class).isThrownBy(connection::check)
                .withMessageContaining("INSTANCE_NOT_EXIST");
        }
    }

    @Test
    void the_role_of_a_pod_signs_without_a_stored_secret(@TempDir Path folder) throws IOException {
        RegistryCredential role = new RegistryCredential("role", Map.of(), Map.of());
        Registry registry = this.cloud.registry(role, Map.of("instance", ENTERPRISE));
        try (RegistryConnection connection = this.adapter.connect(registry)) {
            assertThatExceptionOfType(RegistryFailure.Unauthorized.class).isThrownBy(connection::check)
                .withMessageContaining("ALIBABA_CLOUD_ROLE_ARN");
        }
        this.front.byRole = true;
        this.environment.putAll(Map.of("ALIBABA_CLOUD_ROLE_ARN", "acs:ram::1:role/drayage",
                "ALIBABA_CLOUD_OIDC_PROVIDER_ARN", "acs:ram::1:oidc-provider/ack", "ALIBABA_CLOUD_OIDC_TOKEN_FILE",
                Files.writeString(folder.resolve("token"), AliyunFront.POD_TOKEN + "\n").toString()));
        this.cloud.hold("team/app");
        try (RegistryConnection connection = this.adapter.connect(registry)) {
            connection.check();
            assertThat(names(connection)).containsExactly("team/app");
        }
        assertThat(this.front.apiRequests("POST", "AssumeRoleWithOIDC")).isEqualTo(1);
        assertThat(this.front.apiLog).noneMatch((line) -> line.contains("canary-of-the"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "https://registry.cn-hangzhou.aliyuncs.com",
            "https://registry-vpc.cn-hangzhou.aliyuncs.com", "https://acme-registry.cn-hangzhou.cr.aliyuncs.com",
            "https://acme-registry-vpc.us-west-1.cr.aliyuncs.com" })
    void nothing_but_the_url_is_needed_at_alibaba_s_hosts(String url) {
        Registry registry = new Registry(0, "acr", "", "aliyun-acr", URI.create(url), false,
                RegistryCredential.basic("LTAI", new Secret("canary")), Map.of(), null, null, 0, Bandwidth.UNLIMITED,
                null);
        this.adapter.info().check(registry);
        this.adapter.connect(registry).close();
    }

}
