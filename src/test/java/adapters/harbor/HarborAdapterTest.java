package adapters.harbor;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import adapters.AdapterUnderTest;
import fixtures.Image;
import fixtures.Images;
import fixtures.MemoryRegistry;
import fixtures.Patience;
import fixtures.vendors.HarborFront;
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
import replication.event.RegistryWebhooks;
import replication.execution.copy.Outcome;
import replication.policy.Filter;
import replication.policy.FilterKinds;
import replication.registry.Registry;
import replication.registry.RegistryConnection;
import replication.registry.RegistryCredential;
import replication.registry.RepositoryQuery;
import transfer.Copying;
import transfer.Put;
import transfer.filter.LabelFilter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class HarborAdapterTest {

    private static final FilterKinds KINDS = new FilterKinds(List.of(new LabelFilter()));

    private final HarborFront harbor = new HarborFront();

    private final AtomicLong nanos = new AtomicLong();

    private final HarborAdapter adapter = new HarborAdapter(Patience.SHORT, new HostLimits(LimitSizes.DEFAULTS),
            this.nanos::get);

    private final MemoryRegistry plain = new MemoryRegistry();

    private final StopSignal stop = new StopSignal();

    @AfterEach
    void close() {
        this.harbor.close();
        assertThat(this.harbor.mistakes).isEmpty();
    }

    // Listing.

    @Test
    void lists_by_project_and_only_what_is_wanted() {
        List.of("team/app", "team/tools/lint", "other/web", "123/app")
            .forEach((name) -> this.harbor.push(name, "v1", Images.image(1, 10)));
        try (RegistryConnection connection = connect(Map.of())) {
            assertThat(names(connection, RepositoryQuery.ALL)).containsExactlyInAnyOrder("team/app", "team/tools/lint",
                    "other/web", "123/app");
            this.harbor.apiLog.clear();
            assertThat(names(connection, new RepositoryQuery.Catalog(List.of("team/tools", "123", "nowhere"))))
                .containsExactlyInAnyOrder("team/tools/lint", "123/app");
        }
        assertThat(this.harbor.apiRequests("GET", "/projects?")).isZero();
        assertThat(this.harbor.apiRequests("GET", "/repositories?")).isEqualTo(3);
    }

    @Test
    void a_project_that_refuses_its_list_is_told_after_all_others() {
        this.harbor.hidden("closed");
        this.harbor.push("open/app", "v1", Images.image(1, 10));
        this.harbor.push("zoo/app", "v1", Images.image(1, 10));
        try (RegistryConnection connection = connect(Map.of());
                Stream<String> listed = connection.repositories(RepositoryQuery.ALL)) {
            var names = listed.iterator();
            assertThat(List.of(names.next(), names.next())).containsExactlyInAnyOrder("open/app", "zoo/app");
            assertThatExceptionOfType(RegistryFailure.Incomplete.class).isThrownBy(names::hasNext)
                .withMessageContaining("/projects/closed/repositories")
                .withMessageContaining("403");
        }
    }

    @Test
    void tells_labels_times_and_locks_and_leaves_out_signatures() {
        Image image = Images.image(1, 10);
        this.harbor.push("team/tools/lint", "v1", image);
        this.harbor.push("team/tools/lint", "latest", image);
        this.harbor.push("team/tools/lint", signature(image), Images.artifact("text/signature"));
        this.harbor.label("team/tools/lint", "v1", "release");
        this.harbor.immutable.add("team/tools/lint:v1");
        try (RegistryConnection connection = connect(Map.of())) {
            assertThat(artifacts(connection, "team/tools/lint")).containsExactlyInAnyOrder(
                    new Artifact("v1", image.digest().toString(), Images.CONFIG, Map.of("release", ""),
                            Instant.parse("2026-11-23T15:13:55.563Z"), true),
                    new Artifact("latest", image.digest().toString(), Images.CONFIG, Map.of("release", ""),
                            Instant.parse("2026-11-23T15:13:55.563Z"), false));
        }
        assertThat(this.harbor.apiRequests("GET", "/repositories/tools%252Flint/artifacts")).isEqualTo(1);
    }

    @Test
    void a_thousand_and_one_artifacts_are_listed_whole_while_others_delete() {
        this.harbor.pushMany("team/big", "v", 1001);
        AtomicInteger pages = new AtomicInteger();
        this.harbor.failing = (request) -> {
            if (request.path().endsWith("/big/artifacts") && pages.incrementAndGet() % 3 == 0) {
                this.harbor.untag("team/big", "v" + (1000 - pages.get()));
            }
            return false;
        };
        try (RegistryConnection connection = connect(Map.of())) {
            List<String> listed = artifacts(connection, "team/big").stream().map(Artifact::tag).toList();
            assertThat(listed).containsAll(this.harbor.digests("team/big").keySet());
        }
        assertThat(this.harbor.apiRequests("GET", "/artifacts/v")).as("tags asked for by themselves").isPositive();
    }

    @Test
    void of_a_thousand_and_one_artifacts_only_what_has_gone_is_deleted() {
        Put put = new Put();
        this.harbor.pushMany("team/big", "v", 1001).forEach((tag, manifest) -> {
            this.plain.plant("team/big", tag, manifest);
            put.tags.put(tag, manifest.digest().toString());
        });
        try (RegistryConnection connection = connect(Map.of())) {
            ContentRegistry source = connection.as(ContentRegistry.class);
            AtomicInteger pages = new AtomicInteger();
            this.harbor.failing = (request) -> {
                if (request.path().endsWith("/big/artifacts") && pages.incrementAndGet() % 4 == 0) {
                    this.harbor.untag("team/big", "v" + (1000 - pages.get()));
                }
                return false;
            };
            List<Outcome> outcomes = new Copying(source, this.plain).carryingDeletions(put).all("team/big");
            this.harbor.failing = (_) -> false;
            assertThat(outcomes).noneMatch((outcome) -> outcome.result() == Outcome.Result.FAILED);
            assertThat(this.plain.tags("team/big").keySet()).containsAll(this.harbor.digests("team/big").keySet());
            new Copying(source, this.plain).carryingDeletions(put).all("team/big");
        }
        assertThat(this.plain.tags("team/big").keySet())
            .containsExactlyInAnyOrderElementsOf(this.harbor.digests("team/big").keySet());
    }

    @Test
    void many_small_repositories_are_listed_by_their_project() {
        List<String> names = IntStream.range(0, 40).mapToObj((i) -> "team/small" + i).toList();
        names.forEach((name) -> this.harbor.push(name, "v1", Images.image(1, 10)));
        try (RegistryConnection connection = connect(Map.of())) {
            assertThat(names).allSatisfy((name) -> assertThat(artifacts(connection, name)).hasSize(1));
            assertThat(this.harbor.apiRequests("GET", "/projects/team/artifacts")).isPositive();
            assertThat(this.harbor.apiRequests("GET", "/artifacts?")).isLessThan(20);

            this.harbor.push("team/new", "v1", Images.image(2, 10));
            assertThat(artifacts(connection, "team/new")).as("not in the project's list").hasSize(1);
            this.harbor.push("team/small1", "v2", Images.image(2, 10));
            Images.image(3, 10).pushTo(target(connection, "team/small2"), "v2");
            assertThat(artifacts(connection, "team/small2")).as("written to here").hasSize(2);
            try (Stream<Artifact> fresh = AdapterUnderTest.source(connection, "team/small1").afresh().artifacts()) {
                assertThat(fresh).as("past caches").hasSize(2);
            }
        }
    }

    @Test
    void the_list_of_a_project_answers_for_two_seconds_and_for_one_listing_of_repositories() {
        List<String> names = IntStream.range(0, 40).mapToObj((i) -> "team/small" + i).toList();
        names.forEach((name) -> this.harbor.push(name, "v1", Images.image(1, 10)));
        try (RegistryConnection connection = connect(Map.of())) {
            names.forEach((name) -> assertThat(artifacts(connection, name)).hasSize(1));
            this.harbor.push("team/small1", "v2", Images.image(2, 10));
            this.nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(2001));
            assertThat(artifacts(connection, "team/small1")).as("later").hasSize(2);

            names.forEach((name) -> assertThat(artifacts(connection, name)).isNotEmpty());
            this.harbor.push("team/small1", "v3", Images.image(3, 10));
            assertThat(names(connection, RepositoryQuery.ALL)).hasSize(40);
            assertThat(artifacts(connection, "team/small1")).as("of the next execution").hasSize(3);
        }
    }

    @Test
    void a_list_that_is_read_while_a_tag_is_put_does_not_answer_for_its_repository() {
        List<String> names = IntStream.range(0, 40).mapToObj((i) -> "team/small" + i).toList();
        names.forEach((name) -> this.harbor.push(name, "v1", Images.image(1, 10)));
        try (RegistryConnection connection = connect(Map.of())) {
            this.harbor.failing = (request) -> {
                if (request.method().equals("PUT") && request.path().endsWith("/team/small39/manifests/v2")) {
                    names.subList(0, 20).forEach((name) -> assertThat(artifacts(connection, name)).hasSize(1));
                }
                return false;
            };
            Images.image(3, 10).pushTo(target(connection, "team/small39"), "v2");
            assertThat(this.harbor.apiRequests("GET", "/projects/team/artifacts")).isPositive();
            assertThat(artifacts(connection, "team/small39")).hasSize(2);
        }
    }

    @Test
    void few_large_repositories_are_listed_by_themselves() {
        List<String> names = IntStream.range(0, 12).mapToObj((i) -> "team/large" + i).toList();
        names.forEach((name) -> this.harbor.pushMany(name, "v", 60));
        try (RegistryConnection connection = connect(Map.of())) {
            assertThat(names).allSatisfy((name) -> assertThat(artifacts(connection, name)).hasSize(60));
        }
        assertThat(this.harbor.apiRequests("GET", "/artifacts?")).isEqualTo(12);
        assertThat(this.harbor.apiRequests("GET", "/projects/team/artifacts")).isZero();
    }

    @Test
    void a_harbor_without_that_list_is_asked_for_each_repository() {
        this.harbor.listsProjects = false;
        List<String> names = IntStream.range(0, 20).mapToObj((i) -> "team/small" + i).toList();
        names.forEach((name) -> this.harbor.push(name, "v1", Images.image(1, 10)));
        try (RegistryConnection connection = connect(Map.of())) {
            assertThat(names).allSatisfy((name) -> assertThat(artifacts(connection, name)).hasSize(1));
        }
        assertThat(this.harbor.apiRequests("GET", "/projects/team/artifacts")).isPositive();
    }

    @Test
    void a_label_selects_and_one_of_a_tag_that_an_event_names_is_looked_up_at_once() {
        this.harbor.push("team/app", "v1", Images.image(1, 10));
        this.harbor.push("team/app", "v2", Images.image(2, 10));
        this.harbor.label("team/app", "v1", "release");
        try (RegistryConnection connection = connect(Map.of())) {
            Copying copying = copyingFrom(connection).selecting(KINDS, Filter.matching("label", "release"));
            assertThat(copying.all("team/app")).extracting(Outcome::reference).containsExactly("v1");
            this.harbor.label("team/app", "v2", "release");
            assertThat(copying.about(Set.of("v2"), Set.of()).all("team/app")).extracting(Outcome::reference)
                .containsExactly("v2");
        }
    }

    // Creation.

    @ParameterizedTest(name = "{0}, from an open project: {1}")
    @CsvSource({ "private, true, false", "public, false, true", "keep, true, true", "keep, false, false" })
    void a_project_is_created_once_and_is_open_as_wanted(String visibility, boolean open, boolean expected) {
        this.harbor.project("from", open);
        this.harbor.push("from/app", "v1", Images.image(1, 10));
        this.harbor.push("from/app", "v2", Images.image(2, 10));
        try (RegistryConnection connection = connect(Map.of("visibility", visibility))) {
            ContentRegistry both = connection.as(ContentRegistry.class);
            assertThat(new Copying(both, both).all("from/app", "to/deep/app"))
                .allMatch((outcome) -> outcome.result() == Outcome.Result.COPIED);
        }
        assertThat(this.harbor.digests("to/deep/app")).isEqualTo(this.harbor.digests("from/app"));
        assertThat(this.harbor.createdPublic("to")).isEqualTo(expected);
        assertThat(this.harbor.apiRequests("POST", "/projects")).isEqualTo(1);
    }

    @Test
    void kept_from_a_plain_registry_a_project_is_private() {
        this.plain.seed("app", "v1", Images.image(1, 10));
        try (RegistryConnection connection = connect(Map.of("visibility", "keep"))) {
            copyingTo(connection).all("app", "to/app");
        }
        assertThat(this.harbor.createdPublic("to")).isFalse();
        assertThat(this.harbor.created).containsOnlyKeys("to");
    }

    @Test
    void a_tag_that_an_event_names_creates_its_project_as_well() {
        this.plain.seed("app", "v1", Images.image(1, 10));
        try (RegistryConnection connection = connect(Map.of())) {
            assertThat(copyingTo(connection).about(Set.of("v1"), Set.of()).all("app", "to/app"))
                .extracting(Outcome::result)
                .containsExactly(Outcome.Result.COPIED);
        }
    }

    @Test
    void a_project_that_is_not_to_be_created_or_may_not_be_is_told() {
        this.plain.seed("app", "v1", Images.image(1, 10));
        try (RegistryConnection connection = connect(Map.of("create", "never"))) {
            assertThat(copyingTo(connection).all("app", "to/app").getFirst().why().text())
                .isEqualTo("to/app: there is no project to, and the registry's setting \"create\" is \"never\"");
        }
        this.harbor.createsProjects = false;
        try (RegistryConnection connection = connect(Map.of())) {
            assertThat(copyingTo(connection).all("app", "to/app").getFirst().why().text()).contains("POST ",
                    "/projects: 403", "Only system admin can create project");
        }
        assertThat(this.harbor.created).isEmpty();
    }

    @Test
    void a_proxy_cache_is_told_and_not_failed() {
        this.plain.seed("app", "v1", Images.image(1, 10));
        this.harbor.proxyCache("cache");
        try (RegistryConnection connection = connect(Map.of())) {
            Outcome outcome = copyingTo(connection).all("app", "cache/app").getFirst();
            assertThat(outcome.result()).isEqualTo(Outcome.Result.SKIPPED);
            assertThat(outcome.why().text()).contains("the project cache is a proxy cache of another registry");
        }
    }

    // Tags that are there already.

    @Test
    void a_tag_that_the_list_leaves_out_is_asked_for_before_it_is_written() {
        Image image = Images.image(1, 10);
        this.plain.seed("team/app", "v1", image);
        this.plain.seed("team/app", signature(image), Images.artifact("text/signature"));
        try (RegistryConnection connection = connect(Map.of())) {
            assertThat(copyingTo(connection).all("team/app")).hasSize(2);
            assertThat(copyingTo(connection).all("team/app")).isEmpty();
            this.plain.seed("team/app", signature(image), Images.artifact("text/other"));
            assertThat(copyingTo(connection).withoutOverride().all("team/app")).extracting(Outcome::result)
                .containsExactly(Outcome.Result.KEPT);
        }
    }

    @Test
    void an_immutable_tag_is_kept_and_told_before_its_layers_are_sent() {
        this.harbor.push("team/app", "v1", Images.image(1, 10));
        this.harbor.immutable.add("team/app:v1");
        this.plain.seed("team/app", "v1", Images.image(2, 10));
        try (RegistryConnection connection = connect(Map.of())) {
            Outcome outcome = copyingTo(connection).all("team/app").getFirst();
            assertThat(outcome.result()).isEqualTo(Outcome.Result.KEPT);
            assertThat(outcome.why().text()).contains("the destination has locked the tag");
            assertThat(this.harbor.registryRequests("POST", "/blobs/uploads/")).isZero();
            Outcome named = copyingTo(connection).about(Set.of("v1"), Set.of()).all("team/app").getFirst();
            assertThat(named.result()).as("after Harbor's 412").isEqualTo(Outcome.Result.KEPT);
        }
    }

    // Deletion.

    @Test
    void a_tag_is_deleted_by_the_api_alone_and_only_as_it_was() {
        Image image = Images.image(1, 10);
        this.harbor.push("team/tools/lint", "v1", image);
        this.harbor.push("team/tools/lint", "latest", image);
        this.harbor.push("team/tools/lint", "v2", Images.image(2, 10));
        this.harbor.immutable.add("team/tools/lint:latest");
        try (RegistryConnection connection = connect(Map.of())) {
            ContentTarget target = target(connection, "team/tools/lint");
            assertThat(target.delete("v1", image.digest())).isEmpty();
            assertThat(target.delete("v1", image.digest())).as("gone already").isEmpty();
            assertThat(target.delete("latest", image.digest())).hasValueSatisfying((reason) -> assertThat(reason)
                .contains("412 PRECONDITION", "the tag latest configured as immutable, cannot be deleted"));
            assertThat(target.delete("v2", image.digest())).hasValueSatisfying((reason) -> assertThat(reason)
                .startsWith("somebody has changed it meanwhile: it points at sha256:"));
        }
        assertThat(this.harbor.digests("team/tools/lint")).containsOnlyKeys("latest", "v2");
        assertThat(this.harbor.registryRequests("DELETE", "/manifests/")).isZero();
    }

    // Harbor 1.x.

    @Test
    void harbor_1_lists_creates_and_deletes_only_where_no_other_tag_goes_along() {
        this.harbor.old = true;
        Image image = Images.image(1, 10);
        this.harbor.push("team/tools/lint", "v1", image);
        this.harbor.push("team/tools/lint", "latest", image);
        this.harbor.push("team/tools/lint", "v2", Images.image(2, 10));
        this.harbor.push("other/app", "v1", image);
        this.plain.seed("app", "v1", image);
        try (RegistryConnection connection = connect(Map.of("visibility", "public"))) {
            assertThat(names(connection, RepositoryQuery.ALL)).containsExactlyInAnyOrder("team/tools/lint",
                    "other/app");
            assertThat(names(connection, new RepositoryQuery.Catalog(List.of("team"))))
                .containsExactly("team/tools/lint");
            assertThat(artifacts(connection, "team/tools/lint")).extracting(Artifact::tag)
                .containsExactlyInAnyOrder("v1", "v2", "latest");
            ContentTarget target = target(connection, "team/tools/lint");
            assertThat(target.delete("v1", image.digest())).hasValueSatisfying((reason) -> assertThat(reason)
                .contains("Harbor 1.x deletes a manifest with all its tags", "the tag latest"));
            assertThat(target.delete("v2", Images.image(2, 10).digest())).isEmpty();
            copyingTo(connection).all("app", "new/app");
            assertThatExceptionOfType(RegistryFailure.Permanent.class)
                .isThrownBy(() -> connection.as(RegistryWebhooks.class).find("team", "drayage"))
                .withMessageContaining("1.x");
        }
        assertThat(this.harbor.digests("team/tools/lint")).containsOnlyKeys("v1", "latest");
        assertThat(this.harbor.createdPublic("new")).isTrue();
    }

    @ParameterizedTest(name = "{0} requests")
    @ValueSource(ints = { 1, 2 })
    void a_404_of_what_stands_before_harbor_2_does_not_make_it_harbor_1(int strayed) {
        this.harbor.push("team/app", "v1", Images.image(1, 10));
        try (RegistryConnection connection = connect(Map.of())) {
            this.harbor.strayed.set(strayed);
            assertThatExceptionOfType(RegistryFailure.Transient.class)
                .isThrownBy(() -> artifacts(connection, "team/app"))
                .withMessageContaining("GET /api/systeminfo does not say");
            assertThat(artifacts(connection, "team/app")).hasSize(1);
        }
    }

    @Test
    void harbor_1_that_answers_404_to_a_deletion_keeps_the_tag() {
        this.harbor.old = true;
        Image image = Images.image(1, 10);
        this.harbor.push("team/app", "v1", image);
        try (RegistryConnection connection = connect(Map.of())) {
            ContentTarget target = target(connection, "team/app");
            assertThat(artifacts(connection, "team/app")).hasSize(1);
            this.harbor.strayed.set(1);
            assertThat(target.delete("v1", image.digest()))
                .hasValue("Harbor 1.x answers 404, which does not tell whether the tag is gone");
            assertThat(target.delete("v1", image.digest())).isEmpty();
        }
    }

    @Test
    void a_webhook_that_was_changed_by_hand_is_not_active() {
        this.harbor.project("team", false);
        try (RegistryConnection connection = connect(Map.of())) {
            RegistryWebhooks webhooks = connection.as(RegistryWebhooks.class);
            webhooks.save("team", new RegistryWebhooks.Webhook("drayage", URI.create("https://d.example/x"),
                    new Secret("Bearer y"), true));
            this.harbor.webhooks.values().forEach((policy) -> policy.put("enabled", false));
            assertThat(webhooks.find("team", "drayage").map(RegistryWebhooks.Webhook::active))
                .isEqualTo(Optional.of(false));
            assertThat(this.harbor.webhooks.values().iterator().next().at("/targets/0/auth_header").asText())
                .isEqualTo("Bearer y");
        }
    }

    private static String signature(Image image) {
        return image.digest().toString().replace(':', '-') + ".sig";
    }

    private Copying copyingFrom(RegistryConnection connection) {
        return new Copying(connection.as(ContentRegistry.class), this.plain);
    }

    private Copying copyingTo(RegistryConnection connection) {
        return new Copying(this.plain, connection.as(ContentRegistry.class));
    }

    private RegistryConnection connect(Map<String, Object> settings) {
        Registry registry = new Registry(1, "harbor", "", "harbor", URI.create(this.harbor.url()), false,
                RegistryCredential.basic(HarborFront.ROBOT, new Secret(HarborFront.SECRET)), null, null, 0);
        return this.adapter.connect(AdapterUnderTest.with(registry, settings));
    }

    private ContentTarget target(RegistryConnection connection, String repository) {
        return connection.as(ContentRegistry.class).target(repository, this.stop);
    }

    private static List<Artifact> artifacts(RegistryConnection connection, String repository) {
        return AdapterUnderTest.artifacts(connection, repository);
    }

    private static List<String> names(RegistryConnection connection, RepositoryQuery query) {
        try (Stream<String> listed = connection.repositories(query)) {
            return listed.toList();
        }
    }

}
