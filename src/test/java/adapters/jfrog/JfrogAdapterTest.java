package adapters.jfrog;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

import fixtures.Image;
import fixtures.Images;
import fixtures.Patience;
import fixtures.vendors.JfrogFront;
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

class JfrogAdapterTest {

    private static final RegistryCredential BASIC = RegistryCredential.basic(JfrogFront.USER,
            new Secret(JfrogFront.SECRET));

    private final JfrogFront artifactory = new JfrogFront();

    private final JfrogAdapter adapter = new JfrogAdapter(Patience.SHORT, new HostLimits(LimitSizes.DEFAULTS));

    private final StopSignal stop = new StopSignal();

    @AfterEach
    void close() {
        this.artifactory.close();
        assertThat(this.artifactory.mistakes).isEmpty();
    }

    @Test
    void lists_all_repositories_but_those_that_show_others_once_more() {
        Image image = Images.image(1, 100);
        List.of("docker-local/app", "docker-local/team/web", "docker-local/x")
            .forEach((name) -> this.artifactory.push(name, "v1", image));
        this.artifactory.most = 2;
        try (RegistryConnection connection = connect(BASIC, Map.of())) {
            connection.check();
            assertThat(connection.admission()).contains(JfrogFront.USER);
            assertThat(names(connection, RepositoryQuery.ALL)).containsExactly("docker-local/app",
                    "docker-local/team/web", "docker-local/x");
            assertThat(names(connection, new RepositoryQuery.Catalog(List.of("docker-virtual"))))
                .containsExactly("docker-virtual/app", "docker-virtual/team/web", "docker-virtual/x");
            assertThat(names(connection, new RepositoryQuery.Catalog(List.of("docker-local/team"))))
                .containsExactly("docker-local/team/web");
            assertThat(names(connection, new RepositoryQuery.Catalog(List.of("elsewhere")))).isEmpty();
        }
    }

    @Test
    void lists_tags_with_digests_by_searches_of_a_thousand_and_nothing_that_lies_beside_them() {
        Image image = Images.image(1, 100);
        Image index = Images.image(2, 100);
        for (int i = 0; i < 1_001; i++) {
            this.artifactory.note("docker-local/team/app", "v" + i, image.digest().toString());
        }
        this.artifactory.note("docker-local/team/app/deeper", "v1", image.digest().toString());
        this.artifactory.note("docker-local/team/app2", "v1", image.digest().toString());
        this.artifactory.keep("docker-local", "team/app/" + image.digest(), "manifest.json", image.digest().toString());
        this.artifactory.keep("docker-local", "team/app/index", "list.manifest.json", index.digest().toString());
        this.artifactory.keep("docker-local", "team/app/v1", "list.manifest.json", index.digest().toString());
        this.artifactory.keep("docker-local", "team/app/_uploads", "manifest-sha256__1.json",
                image.digest().toString());
        try (RegistryConnection connection = connect(BASIC, Map.of())) {
            Map<String, String> digests = digests(connection, "docker-local/team/app");
            assertThat(digests).hasSize(1_002)
                .containsEntry("v1000", image.digest().toString())
                .containsEntry("index", index.digest().toString())
                .as("with both manifests, the registry is asked")
                .containsEntry("v1", "");
            assertThat(digests(connection, "docker-local/none")).isEmpty();
            assertThat(digests(connection, "none/none")).isEmpty();
            try (Stream<Artifact> tags = content(connection).source("docker-local/team/app", this.stop).artifacts()) {
                assertThat(tags.findFirst().orElseThrow().pushed()).hasToString("2026-11-28T15:59:27.494Z");
            }
        }
        assertThat(this.artifactory.apiRequests("POST", "/artifactory/api/search/aql")).isEqualTo(2 + 1 + 1);
        assertThat(this.artifactory.registryRequests("", "")).as("requests to the registry").isZero();
    }

    @Test
    void lists_the_tags_of_a_repository_that_shows_others_without_digests() {
        this.artifactory.push("docker-local/app", "v1", Images.image(1, 100));
        try (RegistryConnection connection = connect(BASIC, Map.of())) {
            assertThat(digests(connection, "docker-virtual/app")).isEqualTo(Map.of("v1", ""));
            assertThat(digests(connection, "docker-virtual/none")).isEmpty();
        }
    }

    @Test
    void a_search_that_never_ends_is_given_up() {
        for (int i = 0; i < 1_000; i++) {
            this.artifactory.note("docker-local/app", "v" + i, Images.image(1, 100).digest().toString());
        }
        this.artifactory.ignoringOffsets = true;
        try (RegistryConnection connection = connect(BASIC, Map.of())) {
            assertThatExceptionOfType(RegistryFailure.Incomplete.class)
                .isThrownBy(() -> digests(connection, "docker-local/app"))
                .withMessageContaining("without an end");
        }
    }

    @Test
    void an_answer_without_its_list_is_no_empty_list() {
        this.artifactory.withoutLists = true;
        try (RegistryConnection connection = connect(BASIC, Map.of())) {
            assertThatExceptionOfType(RegistryFailure.Incomplete.class)
                .isThrownBy(() -> digests(connection, "docker-local/app"))
                .withMessageContaining("results");
        }
    }

    @Test
    void creates_the_repository_that_an_image_lies_in_once() {
        try (RegistryConnection connection = connect(BASIC, Map.of())) {
            for (String name : List.of("mirror/app", "mirror/team/web", "docker-local/app")) {
                push(connection, name, "v1");
            }
        }
        assertThat(this.artifactory.created).containsOnlyKeys("mirror");
        assertThat(this.artifactory.apiRequests("PUT", "/artifactory/api/repositories/mirror")).isEqualTo(1);
        assertThat(this.artifactory.digests("mirror/team/web")).containsOnlyKeys("v1");
    }

    @Test
    void refuses_by_name_what_it_may_not_create() {
        this.artifactory.administrator = false;
        try (RegistryConnection connection = connect(BASIC, Map.of());
                RegistryConnection never = connect(BASIC, Map.of("create", "never"))) {
            assertThatExceptionOfType(RegistryFailure.Unauthorized.class)
                .isThrownBy(() -> push(connection, "mirror/app", "v1"))
                .satisfies((failure) -> assertThat(failure.reason().hint()).contains("administrator", "mirror"));
            assertThat(this.artifactory.apiRequests("PUT", "")).isEqualTo(1);

            assertThatExceptionOfType(RegistryFailure.NotFound.class).isThrownBy(() -> push(never, "mirror/app", "v1"))
                .withMessageContaining("NAME_UNKNOWN");
            assertThat(this.artifactory.apiRequests("PUT", "")).isEqualTo(1);
        }
        assertThat(this.artifactory.created).isEmpty();
    }

    @Test
    void deletes_one_tag_and_leaves_those_that_point_at_the_same() {
        Image image = Images.image(1, 100);
        List.of("v1", "v2").forEach((tag) -> this.artifactory.push("docker-local/team/app", tag, image));
        try (RegistryConnection connection = connect(BASIC, Map.of())) {
            for (int i = 0; i < 2; i++) {
                Optional<String> left = content(connection).target("docker-local/team/app", this.stop)
                    .delete("v1", image.digest());
                assertThat(left).isEmpty();
            }
        }
        assertThat(this.artifactory.digests("docker-local/team/app")).containsOnlyKeys("v2");
    }

    @Test
    void leaves_a_tag_whose_folder_is_also_that_of_an_image() {
        Image image = Images.image(1, 100);
        List.of("web", "job", "v1").forEach((tag) -> this.artifactory.push("docker-local/app", tag, image));
        List.of("docker-local/app/web", "docker-local/app/v1x", "docker-local/app/job/deep")
            .forEach((name) -> this.artifactory.push(name, "1.0", image));
        try (RegistryConnection connection = connect(BASIC, Map.of())) {
            ContentTarget target = content(connection).target("docker-local/app", this.stop);
            assertThat(target.delete("web", image.digest()).orElseThrow())
                .contains("also the folder of the image docker-local/app/web");
            assertThat(target.delete("job", image.digest())).isPresent();
            assertThat(target.delete("v1", image.digest())).isEmpty();
            assertThat(content(connection).target("docker-virtual/app", this.stop)
                .delete("web", image.digest())
                .orElseThrow()).contains("docker-virtual");
        }
        assertThat(this.artifactory.digests("docker-local/app")).containsOnlyKeys("web", "job");
        for (String name : List.of("docker-local/app/web", "docker-local/app/v1x", "docker-local/app/job/deep")) {
            assertThat(this.artifactory.digests(name)).containsOnlyKeys("1.0");
        }
        assertThat(this.artifactory.apiRequests("DELETE", "")).isEqualTo(1);
    }

    @Test
    void takes_an_access_token_alone_as_a_bearer_token() {
        try (RegistryConnection connection = connect(RegistryCredential.oauth(new Secret(JfrogFront.SECRET)),
                Map.of())) {
            connection.check();
            push(connection, "docker-local/app", "v1");
            assertThat(digests(connection, "docker-local/app")).containsOnlyKeys("v1");
        }
    }

    @Test
    void a_token_that_ends_is_replaced_and_a_wrong_secret_is_never_shown() {
        try (RegistryConnection connection = connect(BASIC, Map.of());
                RegistryConnection wrong = connect(RegistryCredential.basic("robot", new Secret("canary-wrong")),
                        Map.of())) {
            push(connection, "docker-local/app", "v1");
            this.artifactory.tokens.endAll();
            push(connection, "docker-local/app", "v2");

            assertThatExceptionOfType(RegistryFailure.Unauthorized.class).isThrownBy(wrong::check)
                .satisfies((failure) -> assertThat(failure.toString()).doesNotContain("canary"));
            assertThatExceptionOfType(RegistryFailure.Unauthorized.class)
                .isThrownBy(() -> digests(wrong, "docker-local/app"))
                .satisfies((failure) -> assertThat(failure.toString()).contains("/artifactory/api/repositories")
                    .doesNotContain("canary"));
        }
        assertThat(this.artifactory.digests("docker-local/app")).containsOnlyKeys("v1", "v2");
    }

    @Test
    void a_page_that_fails_is_no_end_of_the_list() {
        for (int i = 0; i < 1_001; i++) {
            this.artifactory.note("docker-local/app", "v" + i, Images.image(1, 100).digest().toString());
        }
        this.artifactory.failing = (request) -> request.text().contains("offset(1000)");
        try (RegistryConnection connection = connect(BASIC, Map.of())) {
            assertThatExceptionOfType(RegistryFailure.class).isThrownBy(() -> digests(connection, "docker-local/app"));
        }
    }

    private RegistryConnection connect(RegistryCredential credential, Map<String, Object> settings) {
        return this.adapter
            .connect(new Registry(1, "artifactory", "", "jfrog-artifactory", URI.create(this.artifactory.url()), false,
                    credential, settings, null, null, 0, Bandwidth.UNLIMITED, null));
    }

    private static ContentRegistry content(RegistryConnection connection) {
        return connection.as(ContentRegistry.class);
    }

    private static List<String> names(RegistryConnection connection, RepositoryQuery query) {
        try (Stream<String> names = connection.repositories(query)) {
            return names.sorted().toList();
        }
    }

    private Map<String, String> digests(RegistryConnection connection, String repository) {
        Map<String, String> digests = new TreeMap<>();
        try (Stream<Artifact> artifacts = content(connection).source(repository, this.stop).artifacts()) {
            artifacts.forEach((artifact) -> assertThat(digests.put(artifact.tag(), artifact.digest())).isNull());
        }
        return digests;
    }

    private void push(RegistryConnection connection, String repository, String tag) {
        Images.image(1, 100).pushTo(content(connection).target(repository, this.stop), tag);
    }

}
