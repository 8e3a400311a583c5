package store.event;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import fixtures.PolicyBuilder;
import oci.model.Reason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataAccessException;
import replication.PageRequest;
import replication.Refusal;
import replication.ResourceType;
import replication.access.Caller;
import replication.event.RegistryEvent;
import replication.execution.Execution;
import replication.execution.ExecutionQuery;
import replication.execution.copy.Outcome;
import replication.execution.copy.Placements;
import replication.execution.copy.Subject;
import replication.execution.state.ExecutionState;
import replication.execution.state.Mode;
import replication.execution.state.Operation;
import replication.execution.state.TaskState;
import replication.execution.task.ClaimedTask;
import replication.execution.task.PlannedTask;
import replication.policy.Filter;
import replication.policy.Overlap;
import replication.policy.Policy;
import replication.policy.Scheduling;
import replication.policy.Trigger;
import replication.registry.Health;
import replication.registry.Registry;
import replication.registry.RegistryCredential;
import store.Fixture;
import store.Race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What registries tell, from the inbox to executions, on any number of nodes. */
@Timeout(120)
class EventTableTest {

    private static final Fixture FIXTURE = new Fixture();

    private static final String DIGEST = "sha256:" + "a".repeat(64);

    private final EventTable events = node(Duration.ZERO);

    @BeforeEach
    void clear() {
        FIXTURE.clear();
        FIXTURE.test.jdbc().sql("TRUNCATE event, placement").update();
        FIXTURE.test.jdbc().sql("DELETE FROM policy").update();
    }

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    private static EventTable node(Duration window) {
        return new EventTable(FIXTURE.database, FIXTURE.partitions, window);
    }

    private static Policy policy(Overlap overlap) {
        return FIXTURE.policies.update(with(FIXTURE.policy(), overlap));
    }

    private static Policy with(Policy policy, Overlap overlap) {
        return PolicyBuilder.of(policy).scheduling(new Scheduling(0, overlap, 0)).build();
    }

    private static Policy with(Policy policy, List<Filter> filters, List<Trigger> triggers, boolean deletion,
            boolean enabled) {
        return PolicyBuilder.of(policy).filters(filters).triggers(triggers).deletion(deletion).enabled(enabled).build();
    }

    private static RegistryEvent push(String id, String repository, String tag) {
        return RegistryEvent.ofImage(id, RegistryEvent.Kind.PUSH, repository, tag, DIGEST);
    }

    private static RegistryEvent delete(String id, String repository, @Nullable String tag, @Nullable String digest) {
        return RegistryEvent.ofImage(id, RegistryEvent.Kind.DELETE, repository, tag, digest);
    }

    private void told(Policy policy, String... tags) {
        for (String tag : tags) {
            this.events.add(policy.source().registryId(), List.of(push("push " + tag, "library/app", tag)));
        }
    }

    private static List<Execution> executions(Policy policy) {
        return FIXTURE.executions.list(new ExecutionQuery(policy.id(), null, null, null, null), new PageRequest(0, 500))
            .items()
            .reversed();
    }

    private static Execution only(Policy policy) {
        assertThat(executions(policy)).hasSize(1);
        return executions(policy).getFirst();
    }

    private static List<String> items(long execution) {
        return FIXTURE.test.jdbc()
            .sql("SELECT repository || ':' || tag FROM execution_item WHERE execution_id = ? ORDER BY 1")
            .param(execution)
            .query(String.class)
            .list();
    }

    private static boolean waits(Execution execution) {
        return FIXTURE.test.jdbc()
            .sql("SELECT waiting FROM execution WHERE id = ?")
            .param(execution.id())
            .query(Boolean.class)
            .single();
    }

    private static long unhandled() {
        return FIXTURE.count("SELECT count(*) FROM event WHERE handled_time IS NULL");
    }

    private static void end(Execution execution) {
        FIXTURE.executions.fail(execution.id(), new Reason("ended by the test"));
        FIXTURE.summaries.sweep();
        assertThat(FIXTURE.execution(execution.id()).state().terminal()).isTrue();
    }

    @Test
    void a_repeated_delivery_is_one_event_of_its_registry() {
        Policy policy = policy(Overlap.SKIP);
        Policy other = policy(Overlap.SKIP);
        List<RegistryEvent> twice = List.of(push("1", "library/app", "v1"), push("1", "library/app", "v1"),
                push("2", "library/app", "v2"));

        assertThat(this.events.add(policy.source().registryId(), twice)).isEqualTo(2);
        assertThat(this.events.add(policy.source().registryId(), twice)).isZero();
        assertThat(this.events.add(other.source().registryId(), twice)).isEqualTo(2);
        assertThat(this.events.gather()).isEqualTo(2);
        assertThat(this.events.add(policy.source().registryId(), twice)).isZero();
        assertThat(this.events.gather()).isZero();
        assertThat(items(only(policy).id())).containsExactly("library/app:v1", "library/app:v2");
    }

    @Test
    void deliveries_of_the_same_events_at_the_same_time_are_one() {
        Policy policy = policy(Overlap.SKIP);
        List<RegistryEvent> many = IntStream.range(0, 500)
            .mapToObj((i) -> push("e" + i, "library/app", "v" + i))
            .toList();
        List<RegistryEvent> reversed = many.reversed();
        AtomicInteger turn = new AtomicInteger();

        List<Integer> added = Race.of(4, () -> this.events.add(policy.source().registryId(),
                (turn.getAndIncrement() % 2 == 0) ? many : reversed));

        assertThat(added.stream().mapToInt(Integer::intValue).sum()).isEqualTo(500);
    }

    @Test
    void what_a_deleted_registry_tells_is_refused() {
        long registry = FIXTURE.registries.insert(Fixture.registry("goes"), Health.UNKNOWN).registry().id();
        FIXTURE.registries.delete(registry);
        assertThatThrownBy(() -> this.events.add(registry, List.of(push("1", "library/app", "v1"))))
            .isInstanceOf(Refusal.Missing.class);
    }

    @Test
    void an_event_waits_for_others_before_it_leads_to_anything() {
        Policy policy = policy(Overlap.SKIP);
        EventTable patient = node(Duration.ofMinutes(1));
        told(policy, "v1");
        assertThat(patient.gather()).isZero();
        assertThat(unhandled()).isEqualTo(1);
        FIXTURE.test.jdbc().sql("UPDATE event SET time = time - interval '1 minute'").update();
        told(policy, "v2");
        assertThat(patient.gather()).isEqualTo(1);
        assertThat(items(only(policy).id())).containsExactly("library/app:v1", "library/app:v2");
        assertThat(FIXTURE.count("SELECT count(*) FROM scheduled_tasks WHERE task_name = 'discover'")).isEqualTo(1);
    }

    @Test
    void thousands_of_events_on_two_nodes_are_given_to_each_policy_exactly_once() {
        List<Policy> policies = IntStream.range(0, 20).mapToObj((_) -> policy(Overlap.ALLOW)).toList();
        Policy second = FIXTURE.policies.insert(PolicyBuilder
            .between(policies.getFirst().source().registryId(), policies.getFirst().destination().registryId())
            .name("second")
            .destination(policies.getFirst().destination().registryId(), "second")
            .triggers(List.of(new Trigger.Event()))
            .build());
        AtomicInteger node = new AtomicInteger();
        AtomicInteger told = new AtomicInteger();
        int each = 200;

        Race.of(5, () -> {
            switch (node.getAndIncrement()) {
                case 0, 1 -> {
                    // Registries take turns, so that some are heard of while others are
                    // given away.
                    for (int i = told.getAndIncrement(); i < each * policies.size(); i = told.getAndIncrement()) {
                        this.events.add(policies.get(i % policies.size()).source().registryId(),
                                List.of(push("e" + i, "library/app" + i % 7, "v" + i)));
                    }
                }
                case 2 -> {
                    while (told.get() < each * policies.size() || unhandled() > 0) {
                        FIXTURE.test.jdbc()
                            .sql("SELECT id FROM execution WHERE state = 'pending'")
                            .query(Long.class)
                            .list()
                            .forEach(FIXTURE.executions::beginDiscovery);
                    }
                }
                default -> {
                    EventTable other = node(Duration.ZERO);
                    while (told.get() < each * policies.size() || unhandled() > 0) {
                        other.gather();
                    }
                }
            }
        });
        this.events.gather();

        for (Policy policy : policies) {
            assertGivenOnce(policy, each);
        }
        assertGivenOnce(second, each);
    }

    private static void assertGivenOnce(Policy policy, int number) {
        List<String> given = FIXTURE.test.jdbc()
            .sql("SELECT i.tag FROM execution_item i JOIN execution e ON e.id = i.execution_id WHERE e.policy_id = ?")
            .param(policy.id())
            .query(String.class)
            .list();
        assertThat(given).as(policy.name()).doesNotHaveDuplicates().hasSize(number);
    }

    @Test
    void more_join_the_execution_that_has_not_begun_and_spend_no_id() {
        Policy policy = policy(Overlap.ALLOW);
        told(policy, "v1");
        assertThat(this.events.gather()).isEqualTo(1);
        long last = FIXTURE.count("SELECT last_value FROM execution_id_seq");
        told(policy, "v1", "v2");
        assertThat(this.events.gather()).isZero();
        this.events.add(policy.source().registryId(), List.of(push("nobody", "other/app", "v1")));
        assertThat(this.events.gather()).isZero();
        assertThat(items(only(policy).id())).containsExactly("library/app:v1", "library/app:v2");
        assertThat(FIXTURE.count("SELECT last_value FROM execution_id_seq")).isEqualTo(last);
    }

    @Test
    void one_that_has_begun_is_joined_by_none() {
        Policy policy = policy(Overlap.ALLOW);
        told(policy, "v1");
        this.events.gather();
        FIXTURE.executions.beginDiscovery(only(policy).id());
        told(policy, "v2");
        assertThat(this.events.gather()).isEqualTo(1);
        assertThat(executions(policy)).extracting((execution) -> items(execution.id()))
            .containsExactly(List.of("library/app:v1"), List.of("library/app:v2"));
    }

    @Test
    void one_that_is_pending_again_after_its_tasks_have_begun_is_joined_by_none() {
        Policy policy = policy(Overlap.ALLOW);
        told(policy, "v1");
        this.events.gather();
        long first = only(policy).id();
        FIXTURE.executions.beginDiscovery(first);
        FIXTURE.tasks.add(first, List.of(Fixture.planned("library/app")));
        FIXTURE.tasks.dispatch();
        ClaimedTask task = FIXTURE.claim(FIXTURE.key(first));
        assertThat(task.tags()).containsExactly("v1");
        FIXTURE.tasks.finish(task.claim(), TaskState.SUCCEEDED, "", 1);
        FIXTURE.control.operate(first, Operation.PAUSE, new Caller("ann"));
        FIXTURE.control.operate(first, Operation.RESUME, new Caller("ann"));
        assertThat(FIXTURE.execution(first).state()).isEqualTo(ExecutionState.PENDING);

        told(policy, "v2");
        assertThat(this.events.gather()).isEqualTo(1);
        assertThat(items(first)).containsExactly("library/app:v1");
        assertThat(items(executions(policy).getLast().id())).containsExactly("library/app:v2");
    }

    @Test
    void one_of_the_policy_as_it_was_before_an_edit_is_joined_by_none() {
        Policy policy = policy(Overlap.SKIP);
        told(policy, "v1");
        this.events.gather();
        FIXTURE.policies.update(with(policy, List.of(), policy.triggers(), true, true));
        told(policy, "v2-rc");
        assertThat(this.events.gather()).isEqualTo(1);
        assertThat(executions(policy)).extracting((execution) -> items(execution.id()))
            .containsExactly(List.of("library/app:v1"), List.of("library/app:v2-rc"));
        assertThat(waits(executions(policy).getLast())).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Overlap.class)
    void events_begin_beside_an_execution_that_goes_on_or_is_paused(Overlap overlap) {
        Policy policy = policy(overlap);
        Execution manual = FIXTURE.executions.start(policy, "manual", new Caller("ann"), Mode.APPLY);
        FIXTURE.executions.beginDiscovery(manual.id());
        told(policy, "v1");
        assertThat(this.events.gather()).isEqualTo(1);
        told(policy, "v2");
        assertThat(this.events.gather()).isZero();
        Execution event = executions(policy).getLast();
        assertThat(items(event.id())).containsExactly("library/app:v1", "library/app:v2");
        assertThat(FIXTURE.executions.beginDiscovery(event.id())).isTrue();
        FIXTURE.control.operate(manual.id(), Operation.PAUSE, new Caller("ann"));
        FIXTURE.control.operate(event.id(), Operation.PAUSE, new Caller("ann"));
        told(policy, "v3");
        assertThat(this.events.gather()).isEqualTo(1);
        assertThat(FIXTURE.executions.beginDiscovery(executions(policy).getLast().id())).isTrue();
    }

    @Test
    void four_that_events_have_started_go_on_at_once_and_the_next_takes_all_that_is_told_meanwhile() {
        Policy policy = policy(Overlap.ALLOW);
        for (int i = 0; i < 4; i++) {
            told(policy, "v" + i);
            assertThat(this.events.gather()).isEqualTo(1);
            assertThat(FIXTURE.executions.beginDiscovery(executions(policy).getLast().id())).isTrue();
        }
        told(policy, "v4");
        assertThat(this.events.gather()).isEqualTo(1);
        told(policy, "v5");
        assertThat(this.events.gather()).isZero();
        Execution last = executions(policy).getLast();
        assertThat(waits(last)).isTrue();
        assertThat(items(last.id())).containsExactly("library/app:v4", "library/app:v5");
        FIXTURE.summaries.sweep();
        assertThat(FIXTURE.executions.beginDiscovery(last.id())).isFalse();

        end(executions(policy).get(2));

        assertThat(waits(last)).isFalse();
        assertThat(FIXTURE.executions.beginDiscovery(last.id())).isTrue();
    }

    @Test
    void who_waits_for_what_events_have_started_waits_for_no_later_ones() {
        Policy policy = policy(Overlap.SKIP);
        told(policy, "v1");
        this.events.gather();
        Execution first = only(policy);
        FIXTURE.executions.beginDiscovery(first.id());
        Execution manual = FIXTURE.executions.start(policy, "manual", new Caller("ann"), Mode.APPLY);
        assertThat(waits(manual)).isTrue();
        told(policy, "v2");
        this.events.gather();
        assertThat(FIXTURE.executions.beginDiscovery(executions(policy).getLast().id())).isTrue();

        end(first);

        assertThat(waits(manual)).isFalse();
    }

    @Test
    void where_overlap_is_allowed_events_wait_for_nothing() {
        Policy policy = policy(Overlap.ALLOW);
        FIXTURE.executions.start(policy, "manual", new Caller("ann"), Mode.APPLY);
        told(policy, "v1");
        assertThat(this.events.gather()).isEqualTo(1);
        assertThat(waits(executions(policy).getLast())).isFalse();
        assertThat(waits(FIXTURE.executions.start(policy, "manual", new Caller("ann"), Mode.APPLY))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({ "SKIP, true, PENDING", "QUEUE, true, PENDING", "REPLACE, false, STOPPED" })
    void who_starts_one_beside_that_of_an_event_is_not_refused(Overlap overlap, boolean waits, ExecutionState event) {
        Policy policy = policy(overlap);
        told(policy, "v1");
        this.events.gather();
        Execution first = only(policy);

        Execution manual = FIXTURE.executions.start(policy, "manual", new Caller("ann"), Mode.APPLY);

        assertThat(waits(manual)).isEqualTo(waits);
        assertThat(FIXTURE.execution(first.id()).state()).isEqualTo(event);
    }

    @ParameterizedTest
    @EnumSource(value = Overlap.class, names = { "SKIP", "QUEUE" })
    void one_of_a_user_that_waits_is_the_only_one(Overlap overlap) {
        Policy policy = policy(overlap);
        told(policy, "v1");
        this.events.gather();
        FIXTURE.executions.start(policy, "manual", new Caller("ann"), Mode.APPLY);
        assertThatThrownBy(() -> FIXTURE.executions.start(policy, "manual", new Caller("ann"), Mode.APPLY))
            .isInstanceOf(Refusal.Conflict.class);
    }

    @Test
    void policies_that_are_not_concerned_get_nothing() {
        Policy concerned = policy(Overlap.SKIP);
        Policy elsewhere = policy(Overlap.SKIP);
        Policy disabled = FIXTURE.policies.insert(sibling(concerned, "disabled", new Trigger.Event(), false));
        Policy untriggered = FIXTURE.policies.insert(sibling(concerned, "untriggered", new Trigger.Manual(), true));
        told(concerned, "v1");
        assertThat(this.events.gather()).isEqualTo(1);
        assertThat(executions(concerned)).hasSize(1);
        assertThat(executions(elsewhere)).isEmpty();
        assertThat(executions(disabled)).isEmpty();
        assertThat(executions(untriggered)).isEmpty();
        assertThat(unhandled()).isZero();
    }

    @Test
    void an_event_of_another_type_concerns_policies_that_take_that_type_and_tasks_of_it() {
        ResourceType note = new ResourceType("note");
        Policy images = policy(Overlap.SKIP);
        Policy notes = FIXTURE.policies.insert(PolicyBuilder.of(sibling(images, "notes", new Trigger.Event(), true))
            .filters(List.of(Filter.matching("resource", "note")))
            .build(0));
        this.events.add(images.source().registryId(),
                List.of(new RegistryEvent("1", RegistryEvent.Kind.PUSH, note, "library/app", "v1", null)));
        assertThat(this.events.gather()).isEqualTo(1);
        assertThat(executions(images)).isEmpty();
        long execution = only(notes).id();
        assertThat(FIXTURE.executions.namedResources(execution)).isEqualTo(Map.of(note, Set.of("library/app")));
        FIXTURE.executions.beginDiscovery(execution);
        FIXTURE.tasks.add(execution, List.of(new PlannedTask(note, "library/app", 0, "mirror/app")));
        FIXTURE.tasks.dispatch();
        assertThat(FIXTURE.claim(FIXTURE.key(execution)).tags()).containsExactly("v1");
    }

    private static Policy sibling(Policy policy, String name, Trigger trigger, boolean enabled) {
        Policy like = with(policy, policy.selection().filters(), List.of(trigger), policy.behaviour().deletion(),
                enabled);
        return PolicyBuilder.of(like).name(name).destination(like.destination().registryId(), name).build(0);
    }

    @ParameterizedTest
    @CsvSource({ "library/app, v1, library/app:v1", "library/deep/app, v1, library/deep/app:v1", "library/app, v1-rc,",
            "other/app, v1,", "app, v1,", "library, v1," })
    void names_tags_and_namespaces_are_filtered(String repository, String tag, @Nullable String item) {
        Policy policy = policy(Overlap.SKIP);
        this.events.add(policy.source().registryId(), List.of(push("1", repository, tag)));
        assertThat(this.events.gather()).isEqualTo((item != null) ? 1 : 0);
        assertThat(unhandled()).isZero();
        if (item != null) {
            assertThat(items(only(policy).id())).containsExactly(item);
        }
    }

    @Test
    void a_deletion_concerns_only_a_policy_that_carries_them_over() {
        Policy policy = policy(Overlap.SKIP);
        Policy copies = FIXTURE.policies.insert(with(sibling(policy, "copies", new Trigger.Event(), true),
                policy.selection().filters(), List.of(new Trigger.Event()), false, true));
        this.events.add(policy.source().registryId(), List.of(delete("1", "library/app", "v1", null)));
        assertThat(this.events.gather()).isEqualTo(1);
        assertThat(items(only(policy).id())).containsExactly("library/app:v1");
        assertThat(executions(copies)).isEmpty();
    }

    @Test
    void a_deletion_by_digest_names_the_tags_that_the_policy_has_put_there() {
        Policy policy = policy(Overlap.SKIP);
        place(policy, "mirror/app", "v1", DIGEST);
        place(policy, "mirror/app", "v2", DIGEST);
        place(policy, "mirror/app", "v3", "sha256:" + "b".repeat(64));
        place(policy, "mirror/other", "v4", DIGEST);
        place(policy(Overlap.SKIP), "mirror/app", "v5", DIGEST);
        this.events.add(policy.source().registryId(), List.of(delete("1", "library/app", null, DIGEST),
                delete("2", "library/none", null, DIGEST), push("3", "library/app", "v6")));
        this.events.add(policy.source().registryId(),
                List.of(RegistryEvent.ofImage("4", RegistryEvent.Kind.PUSH, "library/app", null, DIGEST)));

        assertThat(this.events.gather()).isEqualTo(1);
        assertThat(items(only(policy).id())).containsExactly("library/app:v1", "library/app:v2", "library/app:v6");
    }

    @Test
    void a_deletion_that_names_one_tag_and_its_digest_concerns_all_tags_of_the_digest() {
        Policy policy = policy(Overlap.SKIP);
        place(policy, "mirror/app", "v1", DIGEST);
        place(policy, "mirror/app", "v2", DIGEST);
        place(policy, "mirror/app", "v2-rc", DIGEST);
        place(policy, "mirror/app", "v3", "sha256:" + "b".repeat(64));
        this.events.add(policy.source().registryId(), List.of(delete("1", "library/app", "nightly-rc", DIGEST)));

        assertThat(this.events.gather()).isEqualTo(1);
        assertThat(items(only(policy).id())).containsExactly("library/app:v1", "library/app:v2");
    }

    @Test
    void a_task_knows_of_which_tags_the_deletion_was_told() {
        Policy policy = policy(Overlap.SKIP);
        place(policy, "mirror/app", "v4", DIGEST);
        this.events.add(policy.source().registryId(),
                List.of(push("1", "library/app", "v1"), delete("2", "library/app", "v2", null),
                        push("3", "library/app", "v3"), delete("4", "library/app", "v3", null),
                        delete("5", "library/app", null, DIGEST), push("6", "library/app", "v5"),
                        delete("7", "library/other", "v5", null)));
        assertThat(this.events.gather()).isEqualTo(1);
        this.events.add(policy.source().registryId(),
                List.of(delete("8", "library/app", "v1", null), push("9", "library/app", "v2")));
        this.events.gather();
        long execution = only(policy).id();
        FIXTURE.executions.beginDiscovery(execution);
        FIXTURE.tasks.add(execution, List.of(Fixture.planned("library/app", "mirror/app")));
        FIXTURE.tasks.dispatch();
        ClaimedTask task = FIXTURE.claim(FIXTURE.key(execution));
        assertThat(task.tags()).containsExactlyInAnyOrder("v1", "v2", "v3", "v4", "v5");
        assertThat(task.deleted()).containsExactlyInAnyOrder("v1", "v2", "v3", "v4");
    }

    @Test
    void who_else_has_put_the_same_is_known_where_that_would_not_delete_it_too() {
        Policy policy = policy(Overlap.SKIP);
        Execution manual = FIXTURE.executions.start(policy, "manual", new Caller("ann"), Mode.APPLY);
        FIXTURE.executions.beginDiscovery(manual.id());
        FIXTURE.tasks.add(manual.id(), List.of(Fixture.planned("library/app", "mirror/app")));
        FIXTURE.tasks.dispatch();
        Placements placed = FIXTURE.outcomes.placed(FIXTURE.claim(FIXTURE.key(manual.id())));
        Policy deletes = FIXTURE.policies.insert(another(policy, "deletes", policy.source().namespaces(), true));
        Policy keeps = FIXTURE.policies.insert(another(policy, "keeps", policy.source().namespaces(), false));
        Policy elsewhere = FIXTURE.policies.insert(another(policy, "elsewhere", List.of("other"), true));
        place(policy, "mirror/app", "v1", DIGEST);
        place(policy, "mirror/app", "v2", DIGEST);
        place(policy, "mirror/app", "v3", DIGEST);
        place(deletes, "mirror/app", "v1", DIGEST);
        place(keeps, "mirror/app", "v2", "sha256:" + "b".repeat(64));
        place(keeps, "mirror/other", "v1", DIGEST);
        place(elsewhere, "mirror/app", "v3", DIGEST);
        assertThat(placed.alsoBy(new Subject.Tag("v1"))).isEmpty();
        assertThat(placed.alsoBy(new Subject.Tag("v2"))).isEmpty();
        assertThat(placed.alsoBy(new Subject.Tag("v3"))).contains("elsewhere");
        place(keeps, "mirror/app", "v1", DIGEST);
        assertThat(placed.alsoBy(new Subject.Tag("v1"))).contains("keeps");
    }

    @ParameterizedTest
    @CsvSource({ "https://%s, who", "https://%s:443/, who", "https://%s.//, who", "https://%s/other,", "http://%s," })
    void who_has_put_the_same_by_another_row_of_the_place_is_known_too(String url, @Nullable String who) {
        Policy policy = policy(Overlap.SKIP);
        Execution manual = FIXTURE.executions.start(policy, "manual", new Caller("ann"), Mode.APPLY);
        FIXTURE.executions.beginDiscovery(manual.id());
        FIXTURE.tasks.add(manual.id(), List.of(Fixture.planned("library/app", "mirror/app")));
        FIXTURE.tasks.dispatch();
        Placements placed = FIXTURE.outcomes.placed(FIXTURE.claim(FIXTURE.key(manual.id())));
        String host = FIXTURE.registries.find(policy.destination().registryId())
            .orElseThrow()
            .registry()
            .url()
            .getHost();
        long row = FIXTURE.registries
            .insert(new Registry(0, FIXTURE.newName("row"), "", "oci",
                    URI.create(url.formatted(host.toUpperCase(Locale.ROOT))), false, RegistryCredential.NONE, null,
                    null, 0), Health.UNKNOWN)
            .registry()
            .id();
        Policy like = another(policy, "who", policy.source().namespaces(), false);
        place(policy, "mirror/app", "v1", DIGEST);
        place(FIXTURE.policies.insert(PolicyBuilder.of(like).destination(row, like.destination().namespace()).build(0)),
                "mirror/app", "v1", DIGEST);
        assertThat(placed.alsoBy(new Subject.Tag("v1"))).isEqualTo(Optional.ofNullable(who));
    }

    private static Policy another(Policy like, String name, List<String> namespaces, boolean deletion) {
        return PolicyBuilder.of(like)
            .name(name)
            .source(like.source().registryId(), namespaces)
            .triggers(List.of(new Trigger.Event()))
            .deletion(deletion)
            .build(0);
    }

    @Test
    void a_push_concerns_its_own_tag_alone() {
        Policy policy = policy(Overlap.SKIP);
        place(policy, "mirror/app", "v1", DIGEST);
        told(policy, "v2");
        assertThat(this.events.gather()).isEqualTo(1);
        assertThat(items(only(policy).id())).containsExactly("library/app:v2");
    }

    @Test
    void a_policy_that_runs_once_hears_of_nothing_whatever_its_triggers_say() {
        Policy concerned = policy(Overlap.SKIP);
        Execution once = FIXTURE.executions.once(sibling(concerned, "once", new Trigger.Event(), true),
                new Caller("ann"), Mode.APPLY);
        told(concerned, "v1");
        assertThat(this.events.gather()).isEqualTo(1);
        assertThat(items(only(concerned).id())).containsExactly("library/app:v1");
        assertThat(FIXTURE.count("SELECT count(*) FROM execution WHERE policy_id = " + once.policyId())).isEqualTo(1);
    }

    private static void place(Policy policy, String repository, String tag, String digest) {
        FIXTURE.test.jdbc()
            .sql("INSERT INTO placement (policy_id, registry_id, repository, tag, digest, execution_id, time)"
                    + " VALUES (?, ?, ?, ?, ?, 1, now())")
            .params(policy.id(), policy.destination().registryId(), repository, tag, digest)
            .update();
    }

    @Test
    void a_deletion_by_digest_names_the_tag_that_is_being_copied_at_that_moment() {
        Policy policy = policy(Overlap.SKIP);
        Execution manual = FIXTURE.executions.start(policy, "manual", new Caller("ann"), Mode.APPLY);
        FIXTURE.executions.beginDiscovery(manual.id());
        FIXTURE.tasks.add(manual.id(), List.of(Fixture.planned("library/app", "mirror/app")));
        FIXTURE.tasks.dispatch();
        ClaimedTask task = FIXTURE.claim(FIXTURE.key(manual.id()));
        FIXTURE.outcomes.announce(task.claim(), List.of(new Subject.Tag("v1"), new Subject.Tag("v2")));
        FIXTURE.outcomes.record(task, List.of(Outcome.kept(new Subject.Tag("v2"), DIGEST, "there already")));

        this.events.add(policy.source().registryId(), List.of(delete("1", "library/app", null, DIGEST)));

        assertThat(this.events.gather()).isEqualTo(1);
        assertThat(items(executions(policy).getLast().id())).containsExactly("library/app:v1");
    }

    @Test
    void what_waits_while_its_policy_is_deleted_leads_to_nothing_and_holds_up_nobody() {
        Policy goes = policy(Overlap.SKIP);
        Policy stays = policy(Overlap.SKIP);
        told(goes, "v1");
        FIXTURE.policies.delete(goes.id());
        told(stays, "v1");
        assertThat(this.events.gather()).isEqualTo(1);
        assertThat(unhandled()).isZero();
        assertThat(items(only(stays).id())).containsExactly("library/app:v1");
    }

    @Test
    void policies_that_are_deleted_while_events_are_given_hold_up_nobody() {
        for (int round = 0; round < 30; round++) {
            Policy goes = policy(Overlap.SKIP);
            Policy stays = FIXTURE.policies.insert(sibling(goes, "stays" + round, new Trigger.Event(), true));
            AtomicInteger node = new AtomicInteger();
            told(goes, "v" + round);
            Race.of(2, () -> {
                if (node.getAndIncrement() == 0) {
                    this.events.gather();
                }
                else {
                    deleteUnlessUnderWay(goes);
                }
            });
            this.events.gather();
            assertThat(unhandled()).isZero();
            assertThat(items(only(stays).id())).containsExactly("library/app:v" + round);
        }
    }

    private static void deleteUnlessUnderWay(Policy policy) {
        try {
            FIXTURE.policies.delete(policy.id());
        }
        catch (Refusal.Conflict ex) {
            assertThat(executions(policy)).as(ex.getMessage()).hasSize(1);
        }
    }

    @Test
    void a_failure_in_the_middle_loses_nothing() {
        Policy good = policy(Overlap.SKIP);
        Policy bad = policy(Overlap.SKIP);
        told(good, "v1");
        told(bad, "unlucky");
        FIXTURE.test.jdbc().sql("ALTER TABLE execution_item ADD CONSTRAINT luck CHECK (tag <> 'unlucky')").update();
        try {
            assertThatThrownBy(this.events::gather).isInstanceOf(DataAccessException.class);
            assertThat(unhandled()).isEqualTo(2);
            assertThat(executions(good)).isEmpty();
            assertThat(executions(bad)).isEmpty();
        }
        finally {
            FIXTURE.test.jdbc().sql("ALTER TABLE execution_item DROP CONSTRAINT luck").update();
        }
        assertThat(this.events.gather()).isEqualTo(2);
        assertThat(items(only(good).id())).containsExactly("library/app:v1");
        assertThat(items(only(bad).id())).containsExactly("library/app:unlucky");
    }

    @Test
    void what_is_young_or_waits_is_not_forgotten() {
        Policy policy = policy(Overlap.SKIP);
        told(policy, "old", "young");
        this.events.gather();
        told(policy, "waiting");
        FIXTURE.test.jdbc().sql("UPDATE event SET time = time - interval '9 days'").update();
        FIXTURE.test.jdbc()
            .sql("UPDATE event SET handled_time = now() - interval '49 hours' WHERE tag = 'old'")
            .update();
        this.events.purge();
        assertThat(FIXTURE.test.jdbc().sql("SELECT tag FROM event ORDER BY tag").query(String.class).list())
            .containsExactly("waiting", "young");
    }

    @Test
    void more_than_one_transaction_s_worth_is_given_bit_by_bit() {
        Policy policy = policy(Overlap.SKIP);
        this.events.add(policy.source().registryId(),
                IntStream.range(0, 5000).mapToObj((i) -> push("e" + i, "library/app", "v" + i)).toList());
        this.events.gather();
        assertThat(unhandled()).isEqualTo(3000);
        this.events.gather();
        this.events.gather();
        assertThat(unhandled()).isZero();
        assertThat(items(only(policy).id())).hasSize(5000);
    }

    @Test
    void no_item_is_lost_where_an_execution_begins_while_more_is_given_to_it() {
        Policy policy = policy(Overlap.ALLOW);
        int rounds = 400;
        Set<String> seen = Collections.synchronizedSet(new TreeSet<>());
        List<String> twice = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger node = new AtomicInteger();
        AtomicInteger told = new AtomicInteger();

        Race.of(2, () -> {
            if (node.getAndIncrement() == 0) {
                for (int i = 0; i < rounds; i++) {
                    this.events.add(policy.source().registryId(),
                            List.of(push("e" + i, "library/app" + i % 3, "v" + i)));
                    while (unhandled() > 0) {
                        this.events.gather();
                    }
                    told.incrementAndGet();
                }
            }
            else {
                while (told.get() < rounds) {
                    begin(policy, seen, twice);
                }
            }
        });
        begin(policy, seen, twice);

        assertThat(seen).hasSize(rounds);
        assertThat(twice).isEmpty();
        assertThat(executions(policy).size()).as("executions that began in between").isGreaterThan(10);
    }

    /** As a node does: begins, reads what is named, adds the tasks, claims them. */
    private static void begin(Policy policy, Set<String> seen, List<String> twice) {
        List<Long> pending = FIXTURE.test.jdbc()
            .sql("SELECT id FROM execution WHERE policy_id = ? AND state = 'pending'")
            .param(policy.id())
            .query(Long.class)
            .list();
        pending.stream().filter(FIXTURE.executions::beginDiscovery).forEach((id) -> {
            FIXTURE.tasks.add(id,
                    FIXTURE.executions.namedResources(id)
                        .getOrDefault(ResourceType.IMAGE, Set.of())
                        .stream()
                        .map(Fixture::planned)
                        .toList());
            FIXTURE.executions.endDiscovery(id);
            FIXTURE.test.jdbc()
                .sql("UPDATE task SET state = 'queued' WHERE execution_id = ? AND state = 'pending'")
                .param(id)
                .update();
            FIXTURE.all(id).forEach((row) -> {
                ClaimedTask task = FIXTURE.claim(row.key());
                task.tags().stream().filter((tag) -> !seen.add(tag)).forEach(twice::add);
                FIXTURE.tasks.finish(task.claim(), TaskState.SUCCEEDED, "", 1);
            });
            FIXTURE.summaries.refresh(List.of(id));
        });
    }

}
