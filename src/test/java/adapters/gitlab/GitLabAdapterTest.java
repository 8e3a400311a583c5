package adapters.gitlab;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import fixtures.FaultyRegistry;
import fixtures.Image;
import fixtures.Images;
import fixtures.Patience;
import fixtures.Reply;
import fixtures.vendors.GitLabFront;
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

class GitLabAdapterTest {

    private final GitLabFront gitlab = new GitLabFront();

    private final GitLabAdapter adapter = new GitLabAdapter(Patience.SHORT, new HostLimits(LimitSizes.DEFAULTS));

    private final StopSignal stop = new StopSignal();

    @AfterEach
    void close() {
        this.gitlab.close();
        assertThat(this.gitlab.mistakes).isEmpty();
    }

    @Test
    void lists_those_of_groups_projects_and_users_and_of_all_projects_of_a_member() {
        this.gitlab.users.add("ann");
        this.gitlab.pageCap = 2;
        this.gitlab.projects.addAll(List.of("team/app", "team/sub/tool", "other/web", "ann/own"));
        for (String name : List.of("team/app", "team/app/a", "team/app/a/b", "team/sub/tool", "other/web", "ann/own")) {
            this.gitlab.push(name, "v1", Images.image(1, 100));
        }
        try (RegistryConnection connection = connect(login(GitLabFront.TOKEN), Map.of())) {
            assertThat(names(connection, RepositoryQuery.ALL)).containsExactlyInAnyOrder("team/app", "team/app/a",
                    "team/app/a/b", "team/sub/tool", "other/web", "ann/own");
            assertThat(within(connection, "team")).containsExactlyInAnyOrder("team/app", "team/app/a", "team/app/a/b",
                    "team/sub/tool");
            assertThat(within(connection, "team/app")).containsExactlyInAnyOrder("team/app/a", "team/app/a/b");
            assertThat(within(connection, "team/app/a")).containsExactly("team/app/a/b");
            assertThat(within(connection, "ann")).containsExactly("ann/own");
            assertThat(within(connection, "nowhere")).isEmpty();
        }
    }

    @Test
    void tries_the_list_with_digests_once_and_reads_the_plain_one_where_there_is_none() {
        this.gitlab.projects.add("team/app");
        this.gitlab.push("team/app", "v1", Images.image(1, 100));
        try (RegistryConnection connection = connect(login(GitLabFront.TOKEN), Map.of())) {
            for (int i = 0; i < 3; i++) {
                assertThat(artifacts(connection, "team/app")).containsExactly(Artifact.tagged("v1"));
            }
            assertThat(target(connection, "team/app").listsDigests()).isFalse();
        }
        assertThat(this.gitlab.apiRequests("GET", "/gitlab/v1/")).isEqualTo(1);
    }

    @Test
    void a_registry_that_has_it_tells_digests_by_pages() {
        this.gitlab.metadataDatabase = true;
        this.gitlab.projects.add("team/app");
        Image image = Images.image(1, 100);
        for (int i = 0; i < 101; i++) {
            this.gitlab.push("team/app", "v" + i, image);
        }
        try (RegistryConnection connection = connect(login(GitLabFront.TOKEN), Map.of())) {
            assertThat(artifacts(connection, "team/app")).hasSize(101)
                .allMatch((tag) -> tag.digest().equals(image.digest().toString()));
            assertThat(target(connection, "team/app").listsDigests()).isTrue();
            assertThat(artifacts(connection, "team/app/none")).isEmpty();
        }
        assertThat(this.gitlab.registryRequests("", "/tags/list")).isZero();
    }

    @Test
    void a_project_that_is_missing_is_named_and_never_made() {
        try (RegistryConnection connection = connect(login(GitLabFront.TOKEN), Map.of())) {
            ContentTarget target = target(connection, "team/app");
            for (Runnable step : List.<Runnable>of(() -> target.head("v1"),
                    () -> assertThat(target.artifacts()).isEmpty(), () -> Images.image(1, 100).pushTo(target, "v1"))) {
                assertThatExceptionOfType(RegistryFailure.Unauthorized.class).isThrownBy(step::run)
                    .withMessageContaining("team/app")
                    .satisfies((failure) -> assertThat(failure.reason().hint())
                        .contains("GitLab takes images for a project that exists"));
            }
        }
        assertThat(this.gitlab.apiRequests("POST", "")).isZero();
    }

    @Test
    void deletes_one_tag_by_the_api_and_says_which_it_protects() {
        this.gitlab.projects.add("team/app");
        Image image = Images.image(1, 100);
        List.of("v1", "v2", "v3").forEach((tag) -> this.gitlab.push("team/app/img", tag, image));
        this.gitlab.protectedTags.add("v3");
        try (RegistryConnection connection = connect(login(GitLabFront.TOKEN), Map.of())) {
            ContentTarget target = target(connection, "team/app/img");
            assertThat(target.delete("v1", image.digest())).isEmpty();
            assertThat(target.delete("v1", image.digest())).isEmpty();
            Optional<String> left = target.delete("v3", image.digest());
            assertThat(left.orElseThrow()).contains("protected", "403");
            assertThat(target(connection, "team/app/other").delete("v1", image.digest()).orElseThrow())
                .isEqualTo("GitLab's API shows no repository team/app/other");
        }
        assertThat(this.gitlab.digests("team/app/img")).containsOnlyKeys("v2", "v3");
    }

    @Test
    void a_deploy_token_serves_the_registry_and_another_token_the_api() {
        this.gitlab.projects.add("team/app");
        this.gitlab.push("team/app", "v1", Images.image(1, 100));
        RegistryCredential both = new RegistryCredential("basic", Map.of("access_key", GitLabFront.USER), Map
            .of("access_secret", new Secret(GitLabFront.DEPLOY_TOKEN), "api_token", new Secret(GitLabFront.TOKEN)));
        try (RegistryConnection connection = connect(both, Map.of("api", this.gitlab.apiUrl() + "/"))) {
            assertThat(within(connection, "team")).containsExactly("team/app");
        }
        try (RegistryConnection connection = connect(login(GitLabFront.DEPLOY_TOKEN), Map.of())) {
            assertThat(artifacts(connection, "team/app")).hasSize(1);
            assertThatExceptionOfType(RegistryFailure.Unauthorized.class).isThrownBy(() -> within(connection, "team"))
                .satisfies((failure) -> assertThat(failure.toString()).doesNotContain("canary"));
        }
    }

    @Test
    void a_registry_that_names_no_gitlab_gets_no_token_and_is_told_what_to_set() {
        try (FaultyRegistry other = new FaultyRegistry()) {
            other.on("GET", "/v2/",
                    Reply.status(401).header("WWW-Authenticate", "Bearer realm=\"%s/token\"".formatted(other.url())));
            Registry registry = new Registry(1, "other", "", "gitlab", other.url(), false, login(GitLabFront.TOKEN),
                    Map.of("api", ""), null, null, 0, Bandwidth.UNLIMITED, null);
            try (RegistryConnection connection = this.adapter.connect(registry)) {
                assertThatExceptionOfType(RegistryFailure.Permanent.class).isThrownBy(() -> within(connection, "team"))
                    .satisfies((failure) -> assertThat(failure.reason().hint())
                        .isEqualTo("the setting api says where GitLab is"));
            }
            assertThat(other.requests("GET", "/v2/").getFirst().authorization()).isEmpty();
        }
    }

    @Test
    void one_that_hangs_where_it_is_asked_for_gitlab_holds_nobody_up() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(2);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                FaultyRegistry hanging = new FaultyRegistry()) {
            hanging.on("GET", "/v2/", (exchange) -> {
                asked.countDown();
                Reply.hang().send(exchange);
            });
            Registry registry = new Registry(1, "hanging", "", "gitlab", hanging.url(), false, login(GitLabFront.TOKEN),
                    Map.of("api", ""), null, null, 0, Bandwidth.UNLIMITED, null);
            RegistryConnection connection = this.adapter.connect(registry);
            CompletableFuture<?> listing = CompletableFuture.runAsync(() -> within(connection, "team"), threads);
            CompletableFuture<?> deletion = CompletableFuture
                .runAsync(() -> target(connection, "team/app").delete("v1", Images.image(1, 100).digest()), threads);
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();

            assertThat(CompletableFuture.runAsync(connection::closeIdle, threads))
                .succeedsWithin(Duration.ofSeconds(5));
            assertThat(listing).isNotDone();
            assertThat(CompletableFuture.runAsync(connection::close, threads)).succeedsWithin(Duration.ofSeconds(5));
            for (CompletableFuture<?> each : List.of(listing, deletion)) {
                assertThat(each).failsWithin(Duration.ofSeconds(5))
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(StopSignal.Stopped.class);
            }
        }
    }

    private static RegistryCredential login(String token) {
        return RegistryCredential.basic(GitLabFront.USER, new Secret(token));
    }

    private RegistryConnection connect(RegistryCredential credential, Map<String, Object> settings) {
        return this.adapter.connect(new Registry(1, "gitlab", "", "gitlab", URI.create(this.gitlab.url()), false,
                credential, settings, null, null, 0, Bandwidth.UNLIMITED, null));
    }

    private ContentTarget target(RegistryConnection connection, String repository) {
        return connection.as(ContentRegistry.class).target(repository, this.stop);
    }

    private List<String> within(RegistryConnection connection, String namespace) {
        return names(connection, new RepositoryQuery.Catalog(List.of(namespace)));
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

}
