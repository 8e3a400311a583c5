package adapters.tencent;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import fixtures.Image;
import fixtures.Images;
import fixtures.Patience;
import fixtures.vendors.SignedFront;
import fixtures.vendors.TencentFront;
import oci.Artifact;
import oci.ContentRegistry;
import oci.ContentTarget;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.RegistryFailure;
import oci.model.Secret;
import oci.model.StopSignal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import replication.bandwidth.Bandwidth;
import replication.registry.Registry;
import replication.registry.RegistryConnection;
import replication.registry.RegistryCredential;
import replication.registry.RepositoryQuery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TcrAdapterTest {

    private final TencentFront cloud = new TencentFront();

    private final TcrAdapter adapter = new TcrAdapter(Patience.SHORT, new HostLimits(LimitSizes.DEFAULTS));

    private final StopSignal stop = new StopSignal();

    @AfterEach
    void close() {
        this.cloud.close();
        assertThat(this.cloud.mistakes).isEmpty();
    }

    @Test
    void finds_its_instance_by_the_domain_and_lists_repositories_page_by_page() {
        this.cloud.pageCap = 2;
        Image image = Images.image(1, 100);
        for (String name : List.of("team/a", "team/b", "team/c", "other/d")) {
            hold(name);
            this.cloud.push(name, "v1", image);
        }
        try (RegistryConnection connection = connect(Map.of())) {
            connection.check();
            assertThat(names(connection, RepositoryQuery.ALL)).containsExactlyInAnyOrder("team/a", "team/b", "team/c",
                    "other/d");
            assertThat(names(connection, new RepositoryQuery.Catalog(List.of("other", "none"))))
                .containsExactly("other/d");
        }
    }

    @Test
    void lists_tags_with_digests_and_asks_for_no_manifest() {
        this.cloud.pageCap = 3;
        hold("team/app");
        Image image = Images.image(1, 100);
        for (int i = 0; i < 7; i++) {
            this.cloud.push("team/app", "v" + i, image);
        }
        try (RegistryConnection connection = connect(
                Map.of("instance", TencentFront.INSTANCE, "region", "ap-shanghai"))) {
            assertThat(digests(connection, "team/app")).hasSize(7).containsEntry("v6", image.digest().toString());
            assertThat(digests(connection, "team/none")).isEmpty();
        }
        assertThat(this.cloud.registryLog).isEmpty();
        assertThat(this.cloud.apiRequests("POST", "")).isEqualTo(4);
    }

    @Test
    void makes_a_namespace_and_a_repository_where_a_push_finds_none() {
        try (RegistryConnection connection = connect(Map.of("visibility", "public"))) {
            Images.image(1, 100).pushTo(target(connection, "team/app"), "v1");
            Images.image(2, 100).pushTo(target(connection, "team/app"), "v2");
            Images.image(3, 100).pushTo(target(connection, "team/web"), "v1");
        }
        assertThat(this.cloud.namespaces).containsExactly("team");
        assertThat(this.cloud.created).containsOnlyKeys("team/app", "team/web");
        assertThat(this.cloud.digests("team/app")).containsOnlyKeys("v1", "v2");
    }

    @Test
    void makes_nothing_where_the_registry_s_settings_say_so() {
        try (RegistryConnection connection = connect(Map.of("create", "never"))) {
            assertThatExceptionOfType(RegistryFailure.Unauthorized.class)
                .isThrownBy(() -> Images.image(1, 100).pushTo(target(connection, "team/app"), "v1"));
        }
        assertThat(this.cloud.created).isEmpty();
    }

    @Test
    void deletes_one_tag_and_no_other_one() {
        hold("team/app");
        Image image = Images.image(1, 100);
        this.cloud.push("team/app", "v1", image);
        this.cloud.push("team/app", "v2", image);
        try (RegistryConnection connection = connect(Map.of())) {
            assertThat(target(connection, "team/app").delete("v1", image.digest(), (_, _) -> false)).isEmpty();
            assertThat(target(connection, "team/app").delete("v1", image.digest(), (_, _) -> false)).isEmpty();
            assertThat(digests(connection, "team/app")).containsOnlyKeys("v2");
        }
    }

    @Test
    void errors_of_status_200_are_what_their_codes_say() {
        hold("team/app");
        try (RegistryConnection connection = connect(Map.of())) {
            assertThat(names(connection, RepositoryQuery.ALL)).containsExactly("team/app");
            this.cloud.errors.addAll(List.of("RequestLimitExceeded", "InternalError.DbError"));
            assertThat(names(connection, RepositoryQuery.ALL)).containsExactly("team/app");
            this.cloud.errors.add("UnauthorizedOperation");
            assertThatExceptionOfType(RegistryFailure.Unauthorized.class)
                .isThrownBy(() -> names(connection, RepositoryQuery.ALL))
                .withMessageMatching("DescribeRepositories at [^ ]+: 200 UnauthorizedOperation \"the fake says no\"");
        }
    }

    @Test
    void a_login_that_ends_is_asked_for_anew() {
        hold("team/app");
        this.cloud.logins.live(Duration.ofMinutes(60));
        try (RegistryConnection connection = connect(Map.of())) {
            Images.image(1, 100).pushTo(target(connection, "team/app"), "v1");
            this.cloud.logins.endAll();
            this.cloud.tokens.endAll();
            assertThat(target(connection, "team/app").head("v1")).isPresent();
        }
        assertThat(this.cloud.logins.issued()).isEqualTo(2);
    }

    @Test
    void a_key_that_is_not_known_and_a_domain_without_an_instance_are_told() {
        RegistryCredential wrong = RegistryCredential.basic("AKIDother", new Secret("canary"));
        try (RegistryConnection connection = this.adapter.connect(registry(wrong, Map.of()))) {
            assertThatExceptionOfType(RegistryFailure.Unauthorized.class).isThrownBy(connection::check)
                .withMessageContaining("AuthFailure.SignatureFailure")
                .satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("canary"));
        }
        try (RegistryConnection connection = connect(Map.of("instance", "tcr-none"))) {
            assertThatExceptionOfType(RegistryFailure.Permanent.class).isThrownBy(connection::check)
                .withMessageContaining("tcr-none");
        }
    }

    private void hold(String repository) {
        this.cloud.created.put(repository, JsonNodeFactory.instance.objectNode());
    }

    private RegistryConnection connect(Map<String, Object> settings) {
        return this.adapter
            .connect(registry(RegistryCredential.basic(SignedFront.ID, new Secret(SignedFront.SECRET)), settings));
    }

    private Registry registry(RegistryCredential credential, Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.putIfAbsent("api", this.cloud.apiUrl());
        return new Registry(1, "tcr", "", "tencent-tcr", URI.create(this.cloud.url()), false, credential, all, null,
                null, 0, Bandwidth.UNLIMITED, null);
    }

    private ContentTarget target(RegistryConnection connection, String repository) {
        return connection.as(ContentRegistry.class).target(repository, this.stop);
    }

    private static List<String> names(RegistryConnection connection, RepositoryQuery query) {
        try (Stream<String> names = connection.repositories(query)) {
            return names.toList();
        }
    }

    private Map<String, String> digests(RegistryConnection connection, String repository) {
        Map<String, String> digests = new TreeMap<>();
        try (Stream<Artifact> listed = connection.as(ContentRegistry.class).source(repository, this.stop).artifacts()) {
            listed.forEach((each) -> digests.put(each.tag(), each.digest()));
        }
        return digests;
    }

}
