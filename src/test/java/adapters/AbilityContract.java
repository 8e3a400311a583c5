package adapters;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import events.EventSenders;
import fixtures.Image;
import fixtures.Images;
import fixtures.MemoryRegistries;
import fixtures.NoPolicies;
import fixtures.PolicyBuilder;
import oci.Artifact;
import oci.ContentTarget;
import oci.model.RegistryFailure;
import org.junit.jupiter.api.Test;
import replication.Refusal;
import replication.event.RegistryWebhooks;
import replication.policy.Filter;
import replication.policy.FilterKinds;
import replication.policy.PolicyEditor;
import replication.policy.Trigger;
import replication.registry.Ability;
import replication.registry.AdapterInfo;
import replication.registry.Adapters;
import replication.registry.CredentialKind;
import replication.registry.Faults;
import replication.registry.RegistryConnection;
import replication.registry.RepositoryQuery;
import replication.registry.Setting;

import static adapters.AdapterUnderTest.artifacts;
import static adapters.AdapterUnderTest.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Each ability from both sides: declared, it works against the fake; not declared, it is
 * refused by name and nothing is sent.
 */
interface AbilityContract extends AdapterUnderTest {

    /** Notes that an ability works, or is refused. */
    void proven(Ability ability);

    @Test
    default void lists_its_repositories_or_says_that_it_cannot() {
        String one = unused("app");
        String two = unused("web");
        push(one, "v1", Images.image(1, 10));
        push(two, "v1", Images.image(2, 10));
        try (RegistryConnection connection = connect()) {
            if (can(Ability.LIST)) {
                assertThat(repositories(connection, RepositoryQuery.ALL)).contains(one, two).doesNotHaveDuplicates();
                assertThat(repositories(connection, new RepositoryQuery.Catalog(List.of(namespace())))).contains(one,
                        two);
                try (Stream<String> namespaces = connection.namespaces()) {
                    assertThat(namespaces).contains(RegistryConnection.namespaceOf(one)).doesNotHaveDuplicates();
                }
            }
            else {
                nothingIsSent(() -> refused(Ability.LIST, () -> repositories(connection, RepositoryQuery.ALL)));
            }
            assertThat(repositories(connection, new RepositoryQuery.Named(List.of(one)))).contains(one);
        }
        PolicyBuilder all = PolicyBuilder.between(1, 1).destination(1, namespace());
        asPolicy(Ability.LIST, all.filters(List.of()), "filters");
        proven(Ability.LIST);
    }

    @Test
    default void lists_digests_without_a_request_for_a_manifest_or_only_tags() {
        String repository = unused("app");
        Image one = Images.image(3, 10);
        Image two = Images.twoPlatforms(4, 10);
        push(repository, "one", one);
        push(repository, "uno", one);
        push(repository, "two", two);
        try (RegistryConnection connection = connect()) {
            List<Artifact> listed = artifacts(connection, repository);
            assertThat(listed).extracting(Artifact::tag).containsExactlyInAnyOrder("one", "uno", "two");
            assertThat(target(connection, repository).listsDigests()).isEqualTo(can(Ability.DIGEST_LIST));
            if (can(Ability.DIGEST_LIST)) {
                assertThat(listed).allSatisfy((artifact) -> assertThat(artifact.digest())
                    .isEqualTo((artifact.tag().equals("two") ? two : one).digest().toString()));
            }
            assertThat(front().registryRequests("", repository + "/manifests/")).isZero();
        }
        proven(Ability.DIGEST_LIST);
    }

    @Test
    default void creates_what_is_missing_once_or_leaves_it() {
        String repository = missing();
        List<String> tags = IntStream.range(0, 8).mapToObj((i) -> "v" + i).toList();
        int before = front().created.size();
        try (RegistryConnection connection = connect()) {
            if (can(Ability.CREATE)) {
                ContentTarget target = target(connection, repository);
                CompletableFuture
                    .allOf(tags.stream()
                        .map((tag) -> CompletableFuture.runAsync(
                                () -> Images.image(tag.charAt(1), 10).pushTo(target, tag), Thread::startVirtualThread))
                        .toArray(CompletableFuture[]::new))
                    .join();
                assertThat(front().has(repository)).isTrue();
                assertThat(front().digests(repository)).containsOnlyKeys(tags);
            }
            else {
                pushedOrRefused(connection, repository);
                assertThat(front().created).hasSize(before);
            }
        }
        createsNothingWhereItMayNot();
        proven(Ability.CREATE);
    }

    private void createsNothingWhereItMayNot() {
        boolean declared = adapter().info().settings().stream().anyMatch((setting) -> setting.key().equals("create"));
        if (can(Ability.CREATE) && declared) {
            String repository = missing();
            int before = front().created.size();
            try (RegistryConnection connection = adapter()
                .connect(AdapterUnderTest.with(registry(), Map.of("create", "never")))) {
                pushedOrRefused(connection, repository);
                assertThat(front().created).hasSize(before);
            }
        }
        else if (!can(Ability.CREATE)) {
            Faults faults = new Faults();
            adapter().info().settings(Map.of("create", "missing"), faults);
            assertThatExceptionOfType(Refusal.Invalid.class).isThrownBy(faults::refuse)
                .satisfies((refusal) -> assertThat(refusal.all()).extracting(Refusal.Invalid::field)
                    .contains("settings.create"));
        }
    }

    private void pushedOrRefused(RegistryConnection connection, String repository) {
        RegistryFailure failure = catchThrowableOfType(RegistryFailure.class,
                () -> Images.image(5, 10).pushTo(target(connection, repository), "v1"));
        if (failure != null) {
            assertThat(failure).hasMessageContaining(repository);
        }
    }

    @Test
    default void deletes_a_tag_and_no_other_or_leaves_it_and_says_why() {
        String repository = unused("app");
        Image image = Images.image(6, 10);
        push(repository, "gone", image);
        push(repository, "left", image);
        push(repository, "other", Images.image(7, 10));
        try (RegistryConnection connection = connect()) {
            ContentTarget target = target(connection, repository);
            assertThat(target.head("gone")).isPresent();
            if (can(Ability.DELETE_TAG)) {
                assertThat(target.delete("gone", image.digest())).isEmpty();
                assertThat(target.head("gone")).isEmpty();
                assertThat(target.head("left")).isPresent();
            }
            else {
                nothingIsSent(() -> assertThat(target.delete("gone", image.digest())).isPresent());
                assertThat(target.head("gone")).isPresent();
            }
            assertThat(target.head("other")).isPresent();
        }
        asPolicy(Ability.DELETE_TAG, PolicyBuilder.between(1, 1).destination(1, namespace()).deletion(true),
                "deletion");
        proven(Ability.DELETE_TAG);
    }

    @Test
    default void lists_labels_or_takes_no_filter_by_them() {
        if (can(Ability.LABELS)) {
            String repository = unused("app");
            push(repository, "v1", Images.image(8, 10));
            push(repository, "v2", Images.image(9, 10));
            label(repository, "v1", "stable");
            try (RegistryConnection connection = connect()) {
                assertThat(artifacts(connection, repository)).allSatisfy((artifact) -> {
                    Map<String, String> labels = Objects.requireNonNull(artifact.labels());
                    assertThat(labels.containsKey("stable")).isEqualTo(artifact.tag().equals("v1"));
                });
            }
        }
        assertThat(adapter().info().filters().contains("label")).isEqualTo(can(Ability.LABELS));
        proven(Ability.LABELS);
    }

    @Test
    default void reports_events_or_takes_no_trigger_by_them() {
        boolean reports = can(Ability.EVENTS) || can(Ability.EVENTS_POLL);
        asPolicy(reports,
                PolicyBuilder.between(1, 1).destination(1, namespace()).triggers(List.of(new Trigger.Event())),
                "triggers[0].type");
        String sender = adapter().events().sender();
        if (!sender.isEmpty()) {
            assertThat(EventSenders.named(sender).identity()).isEqualTo(sender);
            assertThat(adapter().events().text("https://here.example/hook")).contains("https://here.example/hook");
        }
        if (can(Ability.EVENTS_CREATE)) {
            createsEvents();
        }
        else {
            try (RegistryConnection connection = connect()) {
                nothingIsSent(() -> assertThatExceptionOfType(RegistryFailure.Permanent.class)
                    .isThrownBy(() -> connection.as(RegistryWebhooks.class)));
            }
        }
        if (can(Ability.EVENTS_POLL)) {
            pollsEvents();
        }
        proven(Ability.EVENTS);
        proven(Ability.EVENTS_CREATE);
        proven(Ability.EVENTS_POLL);
    }

    @Test
    default void logs_in_with_what_the_machine_has_or_asks_for_a_secret() {
        AdapterInfo info = adapter().info();
        List<CredentialKind> secretless = info.credentials()
            .stream()
            .filter((kind) -> !kind.equals(CredentialKind.NONE))
            .filter((kind) -> kind.fields()
                .stream()
                .noneMatch((field) -> field.type() == Setting.Type.SECRET && field.required()))
            .toList();
        assertThat(secretless.isEmpty()).as("kinds without a secret: %s", secretless)
            .isEqualTo(!can(Ability.AMBIENT_LOGIN));
        assertThat(info.credentials().stream().filter(CredentialKind::ambient).toList()).isEqualTo(secretless);
        if (can(Ability.AMBIENT_LOGIN)) {
            logsInByAmbience();
        }
        proven(Ability.AMBIENT_LOGIN);
    }

    private void asPolicy(Ability ability, PolicyBuilder policy, String field) {
        asPolicy(can(ability), policy, field);
    }

    /** A policy that needs an ability is taken, or refused by the field. */
    private void asPolicy(boolean able, PolicyBuilder policy, String field) {
        PolicyEditor editor = new PolicyEditor(new NoPolicies(), new MemoryRegistries(registry()),
                new Adapters(List.of(adapter())), FilterKinds.BUILT_IN);
        if (!field.equals("filters")) {
            policy.filters(List.of(Filter.matching(Filter.NAME, namespace() + "/app")));
        }
        if (able) {
            assertThatCode(() -> editor.check(policy.build())).doesNotThrowAnyException();
        }
        else {
            assertThatExceptionOfType(Refusal.Invalid.class).isThrownBy(() -> editor.check(policy.build()))
                .satisfies((refusal) -> assertThat(refusal.field()).isEqualTo(field))
                .withMessageContaining(adapter().info().identity());
        }
    }

    private void refused(Ability ability, Runnable call) {
        assertThatExceptionOfType(RegistryFailure.Permanent.class).isThrownBy(call::run)
            .withMessageContaining(adapter().info().lacks(ability));
    }

    private void nothingIsSent(Runnable call) {
        List<String> before = front().requests();
        call.run();
        assertThat(front().requests()).isEqualTo(before);
    }

    private static List<String> repositories(RegistryConnection connection, RepositoryQuery query) {
        try (Stream<String> listed = connection.repositories(query)) {
            return listed.toList();
        }
    }

}
