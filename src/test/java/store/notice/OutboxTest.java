package store.notice;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import com.fasterxml.jackson.databind.JsonNode;
import oci.model.Reason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import replication.PageRequest;
import replication.Refusal;
import replication.access.Caller;
import replication.execution.Execution;
import replication.execution.state.Mode;
import replication.execution.state.Operation;
import replication.notice.Address;
import replication.notice.Delivery;
import replication.notice.Event;
import replication.notice.OutgoingNotice;
import replication.notice.SigningKey;
import replication.notice.Subscription;
import replication.notice.Target;
import replication.policy.Policy;
import store.Fixture;
import store.secret.SealedSecrets;
import store.secret.SecretBox;
import store.sql.Database;
import store.sql.RowJson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is written to the outbox, and how it is emptied by any number of nodes. */
class OutboxTest {

    private static final Fixture FIXTURE = new Fixture();

    private static final SecretBox BOX = new SecretBox(Fixture.key());

    private static final String URL = "https://hooks.example/services/hidden-word";

    private static final String SECRET = "whsec_" + "c2VjcmV0".repeat(4);

    private static final Duration DAY = Duration.ofDays(1);

    private final SubscriptionTable subscriptions = new SubscriptionTable(FIXTURE.database, BOX);

    private final DeliveryTable deliveries = new DeliveryTable(FIXTURE.database, BOX, DAY, DAY);

    private final DeliveryTable otherNode = new DeliveryTable(Database.of(FIXTURE.test.dataSource()), BOX, DAY, DAY);

    @BeforeEach
    void clear() {
        FIXTURE.clear();
        FIXTURE.test.jdbc().sql("DELETE FROM subscription").update();
        FIXTURE.test.jdbc().sql("DELETE FROM policy_condition").update();
    }

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    private long subscribe(@Nullable Long policy, Set<Event> events) {
        return this.subscriptions
            .insert(new Subscription(0, FIXTURE.newName("s"), policy, events,
                    new Target.Webhook(Target.Format.CLOUDEVENTS, Address.of(URL), SigningKey.of(SECRET)), true))
            .id();
    }

    private long subscribeToAll() {
        return subscribe(null, EnumSet.allOf(Event.class));
    }

    private static long started(Policy policy) {
        return FIXTURE.executions.start(policy, "manual", new Caller("ann"), Mode.APPLY).id();
    }

    private static void succeed(long id) {
        FIXTURE.executions.beginDiscovery(id);
        FIXTURE.executions.endDiscovery(id);
        FIXTURE.summaries.refresh(List.of(id));
    }

    private static void fail(long id) {
        FIXTURE.executions.fail(id, new Reason("the source is away"));
    }

    private List<Event> told(long subscription) {
        return this.deliveries.list(subscription, null, new PageRequest(0, 500))
            .items()
            .stream()
            .map((delivery) -> delivery.notice().event())
            .toList();
    }

    private static void dueNow() {
        FIXTURE.test.jdbc().sql("UPDATE delivery SET due = now() WHERE state = 'waiting'").update();
    }

    @Test
    void a_start_and_an_end_are_told_in_order_to_those_whom_it_concerns() {
        Policy policy = FIXTURE.policy();
        long all = subscribeToAll();
        long mine = subscribe(policy.id(), EnumSet.of(Event.EXECUTION_FINISHED));
        long others = subscribe(FIXTURE.policy().id(), EnumSet.allOf(Event.class));
        succeed(started(policy));
        assertThat(told(all)).containsExactly(Event.EXECUTION_STARTED, Event.EXECUTION_FINISHED);
        assertThat(told(mine)).containsExactly(Event.EXECUTION_FINISHED);
        assertThat(told(others)).isEmpty();
    }

    @Test
    void a_first_failure_and_a_recovery_are_told_once_each_and_a_stop_is_neither() {
        Policy policy = FIXTURE.policy();
        long turns = subscribe(policy.id(), EnumSet.of(Event.POLICY_FAILING, Event.POLICY_RECOVERED));
        succeed(started(policy));
        assertThat(told(turns)).as("a first success").isEmpty();
        fail(started(policy));
        fail(started(policy));
        FIXTURE.stop(started(policy), "ann");
        fail(started(policy));
        assertThat(told(turns)).containsExactly(Event.POLICY_FAILING);
        succeed(started(policy));
        succeed(started(policy));
        assertThat(told(turns)).containsExactly(Event.POLICY_FAILING, Event.POLICY_RECOVERED);
        fail(started(FIXTURE.policy()));
        assertThat(told(turns)).hasSize(2);
    }

    @Test
    void the_first_failure_of_a_new_policy_is_told_and_a_retry_that_succeeds_recovers_it() {
        long all = subscribeToAll();
        long id = started(FIXTURE.policy());
        fail(id);
        FIXTURE.jobsDone();
        FIXTURE.control.operate(id, Operation.RETRY, new Caller("ann"));
        succeed(id);
        assertThat(told(all)).containsExactly(Event.EXECUTION_STARTED, Event.EXECUTION_FINISHED, Event.EXECUTION_FAILED,
                Event.POLICY_FAILING, Event.EXECUTION_FINISHED, Event.POLICY_RECOVERED);
    }

    @Test
    void a_stop_of_what_has_not_begun_is_told_as_its_end() {
        long all = subscribeToAll();
        FIXTURE.stop(started(FIXTURE.policy()), "ann");
        assertThat(told(all)).containsExactly(Event.EXECUTION_STARTED, Event.EXECUTION_FINISHED);
    }

    @Test
    void what_runs_once_concerns_only_the_subscriptions_for_all_and_has_no_condition() {
        long all = subscribeToAll();
        Policy model = FIXTURE.policy();
        long mine = subscribe(model.id(), EnumSet.allOf(Event.class));
        Execution once = FIXTURE.executions.once(
                Fixture.policy(FIXTURE.newName("once"), model.source().registryId(), model.destination().registryId()),
                new Caller("ann"), Mode.APPLY);
        fail(once.id());
        assertThat(told(all)).containsExactly(Event.EXECUTION_STARTED, Event.EXECUTION_FINISHED,
                Event.EXECUTION_FAILED);
        assertThat(told(mine)).isEmpty();
        assertThat(FIXTURE.count("SELECT count(*) FROM policy_condition")).isZero();
    }

    @Test
    void what_is_told_is_the_execution_as_it_stood_by_the_names_of_the_api() {
        subscribe(null, EnumSet.of(Event.EXECUTION_FAILED));
        long id = started(FIXTURE.policy());
        fail(id);
        OutgoingNotice letter = this.deliveries.claim(1).getFirst();
        assertThat(letter.notice().executionId()).isEqualTo(id);
        JsonNode data = RowJson.parse(letter.notice().data());
        assertThat(data.get("status").asText()).isEqualTo("failed");
        assertThat(data.get("status_text").asText()).isEqualTo("the source is away");
        assertThat(data.get("end_time").asText()).endsWith("Z");
        assertThat(data.at("/artifacts/copied").asLong(-1)).isZero();
    }

    @Test
    void a_transaction_that_is_rolled_back_tells_nothing() {
        long all = subscribeToAll();
        Policy policy = FIXTURE.policy();
        assertThatThrownBy(() -> FIXTURE.database.inTransaction(() -> {
            started(policy);
            throw new IllegalStateException("no");
        })).isInstanceOf(IllegalStateException.class);
        assertThat(told(all)).isEmpty();
    }

    @Test
    void a_letter_is_taken_by_one_node_and_the_next_only_when_it_has_ended() {
        subscribeToAll();
        succeed(started(FIXTURE.policy()));
        OutgoingNotice first = this.deliveries.claim(10).getFirst();
        assertThat(this.otherNode.claim(10)).isEmpty();
        this.deliveries.failed(first, "503", Duration.ofHours(1));
        assertThat(this.otherNode.claim(10)).as("the first is not due").isEmpty();
        dueNow();
        OutgoingNotice again = this.otherNode.claim(10).getFirst();
        assertThat(again.notice()).isEqualTo(first.notice());
        assertThat(again.attempt()).isEqualTo(2);
        this.otherNode.delivered(again);
        assertThat(this.deliveries.claim(10)).singleElement()
            .satisfies((letter) -> assertThat(letter.notice().event()).isEqualTo(Event.EXECUTION_FINISHED));
    }

    @Test
    void a_node_that_is_not_heard_of_loses_its_letter_and_what_it_says_later_counts_for_nothing() {
        long all = subscribeToAll();
        started(FIXTURE.policy());
        OutgoingNotice lost = this.deliveries.claim(1).getFirst();
        dueNow();
        OutgoingNotice taken = this.otherNode.claim(1).getFirst();
        this.deliveries.delivered(lost);
        assertThat(this.deliveries.list(all, Delivery.State.WAITING, PageRequest.first()).items()).hasSize(1);
        this.otherNode.delivered(taken);
        assertThat(this.deliveries.list(all, Delivery.State.DELIVERED, PageRequest.first()).items()).hasSize(1);
    }

    @Test
    void what_fails_for_too_long_is_dead_and_makes_room_and_can_be_queued_again_behind_the_rest() {
        long all = subscribeToAll();
        succeed(started(FIXTURE.policy()));
        OutgoingNotice first = this.deliveries.claim(1).getFirst();
        assertThat(this.deliveries.failed(first, "503", Duration.ZERO)).isFalse();
        assertThatThrownBy(() -> this.deliveries.retry(all, first.delivery())).isInstanceOf(Refusal.Conflict.class);
        FIXTURE.test.jdbc().sql("UPDATE delivery SET queued_time = now() - interval '25 hours'").update();
        assertThat(this.deliveries.failed(this.deliveries.claim(1).getFirst(), "503", Duration.ZERO)).isTrue();
        assertThat(this.deliveries.list(all, Delivery.State.DEAD, PageRequest.first()).items()).singleElement()
            .satisfies((dead) -> {
                assertThat(dead.error()).isEqualTo("503");
                assertThat(dead.endTime()).isNotNull();
                assertThat(dead.attempts()).isEqualTo(2);
            });

        this.deliveries.retry(all, first.delivery());
        OutgoingNotice next = this.deliveries.claim(1).getFirst();
        assertThat(next.notice().event()).isEqualTo(Event.EXECUTION_FINISHED);
        this.deliveries.delivered(next);
        assertThat(this.deliveries.claim(1)).singleElement()
            .satisfies((letter) -> assertThat(letter.notice()).isEqualTo(first.notice()));
        assertThatThrownBy(() -> this.deliveries.retry(all, 4711)).isInstanceOf(Refusal.Missing.class);
    }

    @Test
    void nodes_side_by_side_deliver_each_once_and_in_order() throws Exception {
        int subscribers = 5;
        for (int i = 0; i < subscribers; i++) {
            subscribeToAll();
        }
        for (int i = 0; i < 12; i++) {
            Policy policy = FIXTURE.policy();
            succeed(started(policy));
        }
        ConcurrentHashMap<String, List<Long>> got = new ConcurrentHashMap<>();
        List<Thread> nodes = new ArrayList<>();
        for (DeliveryTable node : List.of(this.deliveries, this.otherNode, this.deliveries, this.otherNode)) {
            nodes.add(Thread.ofVirtual().start(() -> {
                while (FIXTURE.count("SELECT count(*) FROM delivery WHERE state = 'waiting'") > 0) {
                    node.claim(3).forEach((letter) -> {
                        got.computeIfAbsent(letter.subscription(), (_) -> new CopyOnWriteArrayList<>())
                            .add(letter.delivery());
                        node.delivered(letter);
                    });
                }
            }));
        }
        for (Thread node : nodes) {
            node.join();
        }
        assertThat(got).hasSize(subscribers);
        assertThat(got.values()).allSatisfy((ids) -> {
            assertThat(ids).hasSize(24).isSorted();
            assertThat(new HashSet<>(ids)).hasSize(24);
        });
    }

    @Test
    void executions_that_end_side_by_side_are_told_in_the_order_of_their_places() throws Exception {
        subscribeToAll();
        List<Thread> ends = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            Policy policy = FIXTURE.policy();
            ends.add(Thread.ofVirtual().start(() -> succeed(started(policy))));
        }
        List<Long> seen = new ArrayList<>();
        while (seen.size() < 32) {
            this.deliveries.claim(1).forEach((letter) -> {
                seen.add(letter.delivery());
                this.deliveries.delivered(letter);
            });
        }
        for (Thread end : ends) {
            end.join();
        }
        assertThat(seen).isSorted();
    }

    @Test
    void secrets_lie_sealed_and_come_back_whole() {
        long id = subscribeToAll();
        String row = FIXTURE.test.jdbc().sql("SELECT s::text FROM subscription s").query(String.class).single();
        assertThat(row).doesNotContain("hidden-word", SECRET, "c2VjcmV0");
        Subscription saved = this.subscriptions.find(id).orElseThrow();
        assertThat(saved.target())
            .isEqualTo(new Target.Webhook(Target.Format.CLOUDEVENTS, Address.of(URL), SigningKey.of(SECRET)));
        assertThat(saved.toString()).contains("https://hooks.example").doesNotContain("hidden-word", "c2VjcmV0");
        assertThat(new SealedSecrets(FIXTURE.test.jdbc()).getAsBoolean()).isTrue();
    }

    @Test
    void a_node_with_another_key_says_so_and_leaves_the_letter_to_others() {
        long all = subscribeToAll();
        started(FIXTURE.policy());
        byte[] key = new byte[32];
        key[0] = 1;
        Subscription locked = new SubscriptionTable(FIXTURE.database, new SecretBox(key)).find(all).orElseThrow();
        assertThat(locked.target().readable()).isFalse();
        assertThat(locked.target().shown()).isEqualTo("***");
        DeliveryTable stranger = new DeliveryTable(FIXTURE.database, new SecretBox(key), DAY, DAY);
        assertThat(stranger.claim(1)).isEmpty();
        assertThat(this.deliveries.list(all, null, PageRequest.first()).items().getFirst().error())
            .contains("its secret cannot be opened with this key; give it anew");
        dueNow();
        assertThat(this.deliveries.claim(1)).hasSize(1);
    }

    @Test
    void a_policy_takes_its_subscriptions_with_it_and_a_subscription_its_letters() {
        Policy policy = FIXTURE.policy();
        long mine = subscribe(policy.id(), EnumSet.allOf(Event.class));
        succeed(started(policy));
        FIXTURE.policies.delete(policy.id());
        assertThat(this.subscriptions.find(mine)).isEmpty();
        assertThat(FIXTURE.count("SELECT count(*) FROM delivery")).isZero();
        assertThatThrownBy(() -> subscribe(policy.id(), EnumSet.allOf(Event.class))).isInstanceOf(Refusal.Invalid.class)
            .hasMessage("there is no policy " + policy.id());
        this.deliveries.purge();
        assertThat(FIXTURE.count("SELECT count(*) FROM policy_condition")).isZero();
    }

    @Test
    void what_ended_long_ago_is_purged() {
        subscribeToAll();
        succeed(started(FIXTURE.policy()));
        this.deliveries.delivered(this.deliveries.claim(1).getFirst());
        this.deliveries.purge();
        assertThat(FIXTURE.count("SELECT count(*) FROM delivery")).isEqualTo(2);
        FIXTURE.test.jdbc().sql("UPDATE delivery SET end_time = end_time - interval '2 days'").update();
        this.deliveries.purge();
        assertThat(FIXTURE.count("SELECT count(*) FROM delivery")).isEqualTo(1);
    }

    @Test
    void a_subscription_that_is_switched_off_is_told_nothing() {
        long id = subscribeToAll();
        started(FIXTURE.policy());
        Subscription on = this.subscriptions.find(id).orElseThrow();
        this.subscriptions.update(new Subscription(id, on.name(), on.policyId(), on.events(), on.target(), false));
        started(FIXTURE.policy());
        assertThat(told(id)).hasSize(1);
        assertThat(this.deliveries.claim(1)).isEmpty();
    }

}
