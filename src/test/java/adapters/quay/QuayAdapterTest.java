package adapters.quay;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import fixtures.Image;
import fixtures.Images;
import fixtures.Patience;
import fixtures.vendors.QuayFront;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import replication.Refusal;
import replication.bandwidth.Bandwidth;
import replication.registry.Registry;
import replication.registry.RegistryConnection;
import replication.registry.RegistryCredential;
import replication.registry.RepositoryQuery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class QuayAdapterTest {

    private static final RegistryCredential BOTH = new RegistryCredential("basic",
            Map.of("access_key", QuayFront.ROBOT),
            Map.of("access_secret", new Secret(QuayFront.SECRET), "api_token", new Secret(QuayFront.API_TOKEN)));

    private static final RegistryCredential ROBOT = new RegistryCredential("basic",
            Map.of("access_key", QuayFront.ROBOT),
            Map.of("access_secret", new Secret(QuayFront.SECRET), "api_token", new Secret("")));

    private final QuayFront quay = new QuayFront();

    private final QuayAdapter adapter = new QuayAdapter(Patience.SHORT, new HostLimits(LimitSizes.DEFAULTS));

    private final StopSignal stop = new StopSignal();

    @AfterEach
    void close() {
        this.quay.close();
        assertThat(this.quay.mistakes).isEmpty();
    }

    @Test
    void lists_the_namespaces_that_are_wanted_and_the_robots_own_where_none_is() {
        List.of("acme/app", "acme/tools/lint", "acme/web").forEach((name) -> this.quay.hold(name, "private"));
        this.quay.hold("other/open", "public");
        this.quay.repositoriesAPage = 2;
        try (RegistryConnection connection = connect(BOTH, Map.of())) {
            assertThat(names(connection, RepositoryQuery.ALL)).containsExactlyInAnyOrder("acme/app", "acme/tools/lint",
                    "acme/web");
            assertThat(names(connection, new RepositoryQuery.Catalog(List.of("other", "acme/tools"))))
                .containsExactlyInAnyOrder("other/open", "acme/tools/lint");
        }
    }

    @Test
    void lists_active_tags_with_digests_by_pages() {
        Image image = Images.image(1, 100);
        for (int i = 0; i < 101; i++) {
            this.quay.push("acme/app", "v" + i, image);
        }
        this.quay.immutable.add("v9");
        try (RegistryConnection connection = connect(BOTH, Map.of())) {
            List<Artifact> tags = artifacts(connection, "acme/app");
            assertThat(tags).hasSize(101).allMatch((tag) -> tag.digest().equals(image.digest().toString()));
            assertThat(tags).filteredOn(Artifact::locked).extracting(Artifact::tag).containsExactly("v9");
            assertThat(tags.getFirst().pushed()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
            assertThat(artifacts(connection, "acme/none")).isEmpty();
        }
        assertThat(this.quay.apiRequests("GET", "/tag/")).isEqualTo(3);
        assertThat(this.quay.registryRequests("", "/manifests/")).isZero();
    }

    @Test
    void a_stranger_lists_what_is_public() {
        this.quay.push("acme/app", "v1", Images.image(1, 100));
        this.quay.hold("acme/app", "public");
        this.quay.hold("acme/secret", "private");
        try (RegistryConnection connection = connect(RegistryCredential.NONE, Map.of())) {
            assertThat(names(connection, new RepositoryQuery.Catalog(List.of("acme")))).containsExactly("acme/app");
            assertThat(artifacts(connection, "acme/app")).hasSize(1);
            assertThatExceptionOfType(RegistryFailure.Permanent.class)
                .isThrownBy(() -> names(connection, RepositoryQuery.ALL))
                .satisfies((failure) -> assertThat(failure.reason().hint()).contains("src_namespaces"));
        }
    }

    @Test
    void without_a_token_for_the_api_tags_are_listed_and_deleted_by_the_registry_alone() {
        this.quay.push("acme/app", "v1", Images.image(1, 100));
        this.quay.push("acme/app", "v2", Images.image(1, 100));
        try (RegistryConnection connection = connect(ROBOT, Map.of())) {
            assertThat(artifacts(connection, "acme/app")).extracting(Artifact::tag).containsExactly("v1", "v2");
            ContentTarget target = target(connection, "acme/app");
            assertThat(target.listsDigests()).isFalse();
            assertThat(target.delete("v1", Images.image(1, 100).digest())).isEmpty();
        }
        assertThat(this.quay.digests("acme/app")).containsOnlyKeys("v2");
        assertThat(this.quay.apiLog).isEmpty();
    }

    @Test
    void looking_at_a_destination_makes_no_repository_where_the_api_can_be_asked() {
        try (RegistryConnection connection = connect(BOTH, Map.of())) {
            ContentTarget target = target(connection, "acme/app");
            assertThat(target.artifacts()).isEmpty();
            assertThat(target.head("v1")).isEmpty();
            assertThat(this.quay.created).isEmpty();
        }
    }

    @Test
    void a_robot_alone_pushes_to_a_repository_that_quay_makes_with_its_token() {
        try (RegistryConnection connection = connect(ROBOT, Map.of())) {
            ContentTarget target = target(connection, "acme/app");
            assertThat(target.head("v1")).isEmpty();
            Images.image(1, 100).pushTo(target, "v1");
        }
        assertThat(this.quay.digests("acme/app")).containsOnlyKeys("v1");
        assertThat(created("acme/app", "made_by")).isEqualTo("push");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({ "visibility, public, settings.visibility", "create, never, settings.create" })
    void what_needs_a_token_for_the_api_is_refused_by_field_without_one(String setting, String value, String field) {
        assertThatExceptionOfType(Refusal.Invalid.class).isThrownBy(() -> connect(ROBOT, Map.of(setting, value)))
            .satisfies((refusal) -> assertThat(refusal.field()).isEqualTo(field));
    }

    @ParameterizedTest
    @ValueSource(strings = { "private", "public" })
    void creates_a_repository_before_its_first_push_and_what_it_lies_in(String visibility) {
        this.quay.namespaces.clear();
        try (RegistryConnection connection = connect(BOTH,
                Map.of("visibility", visibility, "organization_email", "a@b.example"))) {
            Images.image(1, 100).pushTo(target(connection, "acme/app"), "v1");
            Images.image(1, 100).pushTo(target(connection, "acme/app"), "v2");
        }
        assertThat(this.quay.namespaces).containsExactly("acme");
        assertThat(created("acme/app", "visibility")).isEqualTo(visibility);
        assertThat(created("acme/app", "made_by")).isEmpty();
        assertThat(this.quay.apiRequests("POST", "/api/v1/organization/")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = { "private", "public" })
    void keeps_who_may_read_the_source_where_that_is_told(String visibility) {
        this.quay.hold("acme/source", visibility);
        try (RegistryConnection connection = connect(BOTH, Map.of("visibility", "keep"))) {
            ContentRegistry content = connection.as(ContentRegistry.class);
            ContentTarget copy = content.target("acme/copy", this.stop)
                .copyOf(content.source("acme/source", this.stop));
            Images.image(1, 100).pushTo(copy, "v1");
        }
        assertThat(created("acme/copy", "visibility")).isEqualTo(visibility);
        assertThat(created("acme/copy", "made_by")).isEmpty();
    }

    @Test
    void leaves_what_is_there_as_it_is() {
        this.quay.hold("acme/app", "public");
        try (RegistryConnection connection = connect(BOTH, Map.of())) {
            Images.image(1, 100).pushTo(target(connection, "acme/app"), "v1");
        }
        assertThat(created("acme/app", "visibility")).isEqualTo("public");
        assertThat(this.quay.apiRequests("POST", "")).isZero();
    }

    @Test
    void refuses_by_name_what_may_not_be_created_before_anything_is_sent() {
        try (RegistryConnection connection = connect(BOTH, Map.of("create", "never"))) {
            assertThatExceptionOfType(RegistryFailure.Permanent.class)
                .isThrownBy(() -> Images.image(1, 100).pushTo(target(connection, "acme/app"), "v1"))
                .withMessage("Quay shows no repository acme/app");
        }
        assertThat(this.quay.created).isEmpty();
        assertThat(this.quay.registryRequests("POST", "")).isZero();
    }

    @Test
    void deletes_one_tag_and_says_which_is_immutable() {
        Image image = Images.image(1, 100);
        List.of("v1", "v2", "v3").forEach((tag) -> this.quay.push("acme/app", tag, image));
        this.quay.immutable.add("v3");
        try (RegistryConnection connection = connect(BOTH, Map.of())) {
            ContentTarget target = target(connection, "acme/app");
            assertThat(target.delete("v1", image.digest())).isEmpty();
            assertThat(target.delete("v1", image.digest())).isEmpty();
            Optional<String> left = target.delete("v3", image.digest());
            assertThat(left.orElseThrow()).startsWith("the tag is immutable there: ");
        }
        assertThat(this.quay.digests("acme/app")).containsOnlyKeys("v2", "v3");
    }

    @Test
    void another_token_is_asked_for_where_one_ends_in_the_middle_of_a_push() {
        try (RegistryConnection connection = connect(BOTH, Map.of())) {
            ContentTarget target = target(connection, "acme/app");
            Images.image(1, 100).pushTo(target, "v1");
            this.quay.tokens.endAll();
            Images.image(2, 100).pushTo(target, "v2");
        }
        assertThat(this.quay.digests("acme/app")).containsOnlyKeys("v1", "v2");
    }

    private RegistryConnection connect(RegistryCredential credential, Map<String, Object> settings) {
        return this.adapter.connect(new Registry(1, "quay", "", "quay", URI.create(this.quay.url()), false, credential,
                settings, null, null, 0, Bandwidth.UNLIMITED, null));
    }

    private ContentTarget target(RegistryConnection connection, String repository) {
        return connection.as(ContentRegistry.class).target(repository, this.stop);
    }

    private List<String> names(RegistryConnection connection, RepositoryQuery query) {
        try (Stream<String> names = connection.repositories(query)) {
            return names.toList();
        }
    }

    private List<Artifact> artifacts(RegistryConnection connection, String repository) {
        try (Stream<Artifact> artifacts = connection.as(ContentRegistry.class)
            .source(repository, this.stop)
            .artifacts()) {
            return artifacts.toList();
        }
    }

    private String created(String repository, String field) {
        return Objects.requireNonNull(this.quay.created.get(repository)).path(field).asText();
    }

}
