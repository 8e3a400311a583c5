package adapters.dockerhub;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import fixtures.Image;
import fixtures.Images;
import fixtures.Patience;
import fixtures.vendors.DockerHubFront;
import oci.Artifact;
import oci.ContentRegistry;
import oci.ContentSource;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.Digest;
import oci.model.RegistryFailure;
import oci.model.Secret;
import oci.model.StopSignal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import replication.bandwidth.Bandwidth;
import replication.registry.Registry;
import replication.registry.RegistryConnection;
import replication.registry.RegistryCredential;
import replication.registry.RepositoryQuery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DockerHubAdapterTest {

    private final DockerHubFront hub = new DockerHubFront();

    private final HostLimits limits = new HostLimits(LimitSizes.DEFAULTS);

    private final DockerHubAdapter adapter = new DockerHubAdapter(Patience.SHORT, this.limits);

    private final StopSignal stop = new StopSignal();

    @AfterEach
    void close() {
        this.hub.close();
        assertThat(this.hub.mistakes).isEmpty();
    }

    @Test
    void lists_the_namespaces_that_are_wanted_and_its_own_where_none_is() {
        List.of("acme/app", "acme/web", "library/alpine").forEach(this.hub::hold);
        try (RegistryConnection connection = connect(Map.of())) {
            assertThat(names(connection, RepositoryQuery.ALL)).containsExactlyInAnyOrder("acme/app", "acme/web");
            assertThat(names(connection, new RepositoryQuery.Catalog(List.of("library"))))
                .containsExactly("library/alpine");
        }
        assertThat(this.hub.apiRequests("GET", "/v2/namespaces/library/repositories?page_size=100")).isEqualTo(1);
        assertThat(this.hub.apiRequests("POST", "/v2/auth/token")).isEqualTo(1);
    }

    @Test
    void a_stranger_lists_public_namespaces_by_name_and_is_told_that_there_is_no_catalog() {
        this.hub.hold("library/alpine");
        try (RegistryConnection connection = this.adapter.connect(registry(RegistryCredential.NONE, Map.of()))) {
            assertThat(names(connection, new RepositoryQuery.Catalog(List.of("library"))))
                .containsExactly("library/alpine");
            assertThatExceptionOfType(RegistryFailure.Permanent.class)
                .isThrownBy(() -> names(connection, RepositoryQuery.ALL))
                .satisfies((failure) -> assertThat(failure.reason().hint()).contains("src_namespaces"));
        }
        assertThat(this.hub.apiRequests("POST", "")).isZero();
    }

    @Test
    void lists_tags_with_digests_by_pages_and_leaves_open_what_the_api_does_not_tell() {
        Image image = Images.image(1, 100);
        for (int i = 0; i < 101; i++) {
            this.hub.push("acme/app", "v" + i, image);
        }
        this.hub.withoutDigest.add("v7");
        try (RegistryConnection connection = connect(Map.of())) {
            Map<String, String> digests = digests(connection, "acme/app");
            assertThat(digests).hasSize(101).containsEntry("v7", "").containsEntry("v100", image.digest().toString());
            assertThat(digests(connection, "acme/none")).isEmpty();
        }
        assertThat(this.hub.apiRequests("GET", "/tags?")).isEqualTo(3);
        assertThat(this.hub.registryRequests("", "/manifests/")).isZero();
    }

    @ParameterizedTest(name = "visibility {0}")
    @CsvSource({ "private, true", "public, false", "keep, " })
    void creates_a_repository_before_its_first_push_as_it_is_wanted(String visibility, Boolean isPrivate) {
        try (RegistryConnection connection = connect(Map.of("visibility", visibility))) {
            push(connection, "acme/app", "v1");
            push(connection, "acme/app", "v2");
        }
        assertThat(Objects.requireNonNull(this.hub.created.get("acme/app")).at("/is_private").asText(null))
            .isEqualTo((isPrivate != null) ? isPrivate.toString() : null);
        assertThat(this.hub.created.get("acme/app").path("made_by").asText(""))
            .isEqualTo((isPrivate != null) ? "" : "push");
        assertThat(this.hub.apiRequests("POST", "/v2/namespaces/acme/repositories"))
            .isEqualTo((isPrivate != null) ? 1 : 0);
        assertThat(this.hub.digests("acme/app")).containsOnlyKeys("v1", "v2");
    }

    @ParameterizedTest(name = "open: {0}")
    @ValueSource(booleans = { true, false })
    void keeps_who_may_read_the_source_where_that_is_told(boolean open) {
        try (RegistryConnection connection = connect(Map.of("visibility", "public"));
                RegistryConnection keeping = connect(Map.of("visibility", "keep"))) {
            this.hub.created.put("acme/source", JsonNodeFactory.instance.objectNode().put("is_private", !open));
            ContentSource source = content(connection).source("acme/source", this.stop);
            Images.image(1, 100).pushTo(content(keeping).target("acme/copy", this.stop).copyOf(source), "v1");
        }
        assertThat(Objects.requireNonNull(this.hub.created.get("acme/copy")).path("is_private").asBoolean())
            .isEqualTo(!open);
    }

    @Test
    void leaves_a_repository_that_is_there_as_it_is() {
        this.hub.hold("acme/app");
        try (RegistryConnection connection = connect(Map.of())) {
            push(connection, "acme/app", "v1");
        }
        assertThat(this.hub.apiRequests("POST", "/v2/namespaces/")).isZero();
    }

    @Test
    void refuses_by_name_what_may_not_be_created_before_anything_is_sent() {
        try (RegistryConnection connection = connect(Map.of("create", "never"))) {
            assertThatExceptionOfType(RegistryFailure.Permanent.class)
                .isThrownBy(() -> push(connection, "acme/app", "v1"))
                .withMessage("Docker Hub has no repository acme/app");
            assertThatExceptionOfType(RegistryFailure.Permanent.class)
                .isThrownBy(() -> push(connection, "acme/tools/lint", "v1"))
                .withMessage("Docker Hub takes names of two levels, and acme/tools/lint has 3")
                .satisfies((failure) -> assertThat(failure.reason().hint()).isEqualTo("acme/tools-lint would fit"));
        }
        assertThat(this.hub.created).isEmpty();
        assertThat(this.hub.registryRequests("POST", "")).isZero();
    }

    @Test
    void deletes_one_tag_by_the_api_and_says_what_may_not_go() {
        Image image = Images.image(1, 100);
        List.of("v1", "v2", "v3").forEach((tag) -> this.hub.push("acme/app", tag, image));
        this.hub.immutable.add("v3");
        try (RegistryConnection connection = connect(Map.of())) {
            assertThat(delete(connection, "v1", image.digest())).isEmpty();
            assertThat(delete(connection, "v1", image.digest())).isEmpty();
            assertThatExceptionOfType(RegistryFailure.Unauthorized.class)
                .isThrownBy(() -> delete(connection, "v3", image.digest()))
                .withMessageContaining("immutable");
        }
        assertThat(this.hub.digests("acme/app")).containsOnlyKeys("v2", "v3");
    }

    @Test
    void waits_until_the_time_that_the_api_names_and_leaves_the_registry_alone() {
        this.hub.push("acme/app", "v1", Images.image(1, 100));
        this.hub.limit = 0;
        this.hub.resetSeconds = 1800;
        try (RegistryConnection connection = connect(Map.of())) {
            assertThatExceptionOfType(RegistryFailure.RateLimited.class)
                .isThrownBy(() -> digests(connection, "acme/app"))
                .satisfies((failure) -> assertThat(failure.retryAfter().toMinutes()).isBetween(28L, 30L));
            assertThat(content(connection).source("acme/app", this.stop).head("v1")).isPresent();
        }
    }

    @Test
    void another_token_is_asked_for_where_one_ends_in_the_middle_of_a_list() {
        Image image = Images.image(1, 100);
        for (int i = 0; i < 250; i++) {
            this.hub.push("acme/app", "v" + i, image);
        }
        try (RegistryConnection connection = connect(Map.of());
                Stream<Artifact> tags = content(connection).source("acme/app", this.stop).artifacts()) {
            assertThat(tags.peek((tag) -> {
                if (tag.tag().equals("v0")) {
                    this.hub.tokens.endAll();
                }
            })).hasSize(250);
        }
        assertThat(this.hub.apiRequests("POST", "/v2/auth/token")).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({ "https://docker.io", "https://index.docker.io/", "https://registry-1.docker.io", "https://DOCKER.io" })
    void all_names_of_docker_hub_are_one(String url) {
        assertThat(DockerHubAdapter.registryUrl(URI.create(url))).hasToString("https://registry-1.docker.io");
    }

    @Test
    void a_wrong_secret_is_told_and_never_shown() {
        try (RegistryConnection connection = this.adapter
            .connect(registry(RegistryCredential.basic("acme", new Secret("canary-wrong")), Map.of()))) {
            assertThatExceptionOfType(RegistryFailure.Unauthorized.class).isThrownBy(connection::check)
                .satisfies((failure) -> assertThat(failure.toString()).doesNotContain("canary"));
            assertThatExceptionOfType(RegistryFailure.Unauthorized.class)
                .isThrownBy(() -> names(connection, RepositoryQuery.ALL))
                .satisfies((failure) -> assertThat(failure.toString()).contains("/v2/auth/token")
                    .doesNotContain("canary"));
        }
    }

    private RegistryConnection connect(Map<String, Object> settings) {
        return this.adapter.connect(
                registry(RegistryCredential.basic(DockerHubFront.USER, new Secret(DockerHubFront.SECRET)), settings));
    }

    private Registry registry(RegistryCredential credential, Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("api", this.hub.apiUrl());
        return new Registry(1, "hub", "", "dockerhub", URI.create(this.hub.url()), false, credential, all, null, null,
                0, Bandwidth.UNLIMITED, null);
    }

    private static ContentRegistry content(RegistryConnection connection) {
        return connection.as(ContentRegistry.class);
    }

    private List<String> names(RegistryConnection connection, RepositoryQuery query) {
        try (Stream<String> names = connection.repositories(query)) {
            return names.toList();
        }
    }

    private Map<String, String> digests(RegistryConnection connection, String repository) {
        Map<String, String> digests = new TreeMap<>();
        try (Stream<Artifact> artifacts = content(connection).source(repository, this.stop).artifacts()) {
            artifacts.forEach((artifact) -> digests.put(artifact.tag(), artifact.digest()));
        }
        return digests;
    }

    private void push(RegistryConnection connection, String repository, String tag) {
        Images.image(1, 100).pushTo(content(connection).target(repository, this.stop), tag);
    }

    private Optional<String> delete(RegistryConnection connection, String tag, Digest digest) {
        return content(connection).target("acme/app", this.stop).delete(tag, digest);
    }

}
