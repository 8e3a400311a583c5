package store;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import fixtures.PolicyBuilder;
import oci.model.Reason;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import replication.PageRequest;
import replication.execution.Execution;
import replication.execution.ExecutionQuery;
import replication.policy.Cron;
import replication.policy.Overlap;
import replication.policy.Policy;
import replication.policy.Scheduling;
import replication.policy.Timetable;
import replication.policy.Trigger;
import store.execution.ScheduleTable;

import static org.assertj.core.api.Assertions.assertThat;

/** Policies that come by the clock, on any number of nodes. */
class ScheduleTest {

    private static final Fixture FIXTURE = new Fixture();

    private final ScheduleTable otherNode = new ScheduleTable(FIXTURE.database, FIXTURE.partitions);

    @BeforeEach
    void clear() {
        FIXTURE.clear();
        FIXTURE.test.jdbc().sql("DELETE FROM policy").update();
    }

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    private static Timetable timetable(String cron, Timetable.Misfire misfire) {
        return new Timetable(new Cron(cron), ZoneId.of("UTC"), misfire, Duration.ZERO);
    }

    private static Policy policy(Trigger... triggers) {
        return FIXTURE.policies.update(with(FIXTURE.policy(), true, List.of(triggers)));
    }

    private static Policy with(Policy policy, boolean enabled, List<Trigger> triggers) {
        return PolicyBuilder.of(policy)
            .triggers(triggers)
            .enabled(enabled)
            .scheduling(new Scheduling(0, Overlap.SKIP, 0))
            .build();
    }

    private static void late(String interval) {
        FIXTURE.test.jdbc()
            .sql("UPDATE schedule SET time = now() - interval '" + interval + "', due = now() - interval '" + interval
                    + "'")
            .update();
    }

    private static List<Execution> executions() {
        return FIXTURE.executions.list(new ExecutionQuery(null, null, null, null, null), new PageRequest(0, 500))
            .items();
    }

    private static long future() {
        return FIXTURE.count("SELECT count(*) FROM schedule WHERE due > now()");
    }

    @Test
    void a_time_that_has_come_starts_the_policy_once_and_the_next_one_is_written() {
        Policy policy = policy(new Trigger.Scheduled(timetable("@hourly", Timetable.Misfire.FIRE_ONCE)));
        assertThat(FIXTURE.schedules.fireDue()).isZero();
        late("2 seconds");
        assertThat(FIXTURE.schedules.fireDue() + this.otherNode.fireDue()).isEqualTo(1);
        assertThat(executions()).singleElement().satisfies((execution) -> {
            assertThat(execution.policyId()).isEqualTo(policy.id());
            assertThat(execution.trigger()).isEqualTo("scheduled");
        });
        assertThat(future()).isEqualTo(1);
    }

    @Test
    void looking_spends_no_ids() {
        long before = FIXTURE.count("SELECT last_value FROM execution_id_seq");
        FIXTURE.schedules.fireDue();
        FIXTURE.schedules.fireDue();
        assertThat(FIXTURE.count("SELECT last_value FROM execution_id_seq")).isEqualTo(before);
    }

    @Test
    void a_policy_has_as_many_timetables_as_it_has_triggers_and_a_reconcile_is_one() {
        policy(new Trigger.Manual(), new Trigger.Scheduled(timetable("0 1 * * *", Timetable.Misfire.SKIP)),
                new Trigger.Scheduled(timetable("0 2 * * *", Timetable.Misfire.SKIP)),
                new Trigger.Event(timetable("0 3 * * *", Timetable.Misfire.SKIP)), new Trigger.Event());
        assertThat(FIXTURE.count("SELECT count(*) FROM schedule")).isEqualTo(3);
    }

    @Test
    void what_was_missed_comes_once_or_not_at_all() {
        policy(new Trigger.Scheduled(timetable("* * * * *", Timetable.Misfire.FIRE_ONCE)));
        policy(new Trigger.Scheduled(timetable("* * * * *", Timetable.Misfire.SKIP)));
        late("3 hours");
        assertThat(FIXTURE.schedules.fireDue()).isEqualTo(1);
        assertThat(FIXTURE.schedules.fireDue()).isZero();
        assertThat(future()).isEqualTo(2);
    }

    @Test
    void a_time_that_comes_while_the_policy_runs_goes_by_its_overlap() {
        policy(new Trigger.Scheduled(timetable("@hourly", Timetable.Misfire.FIRE_ONCE)));
        late("1 second");
        assertThat(FIXTURE.schedules.fireDue()).isEqualTo(1);
        late("1 second");
        assertThat(FIXTURE.schedules.fireDue()).isZero();
        assertThat(executions()).hasSize(1);
        assertThat(future()).isEqualTo(1);
    }

    @Test
    void an_edit_takes_effect_at_once_and_leaves_the_other_times_as_they_were() {
        Trigger kept = new Trigger.Scheduled(timetable("0 1 * * *", Timetable.Misfire.SKIP));
        Policy policy = policy(kept, new Trigger.Scheduled(timetable("0 2 * * *", Timetable.Misfire.SKIP)));
        FIXTURE.test.jdbc().sql("UPDATE schedule SET due = now() + interval '7 days'").update();

        FIXTURE.policies.update(with(policy, true,
                List.of(kept, new Trigger.Scheduled(timetable("0 4 * * *", Timetable.Misfire.SKIP)))));
        assertThat(FIXTURE.count("SELECT count(*) FROM schedule WHERE due > now() + interval '6 days'")).isEqualTo(1);
        assertThat(FIXTURE.count("SELECT count(*) FROM schedule WHERE extract(hour FROM time AT TIME ZONE 'UTC') = 4"))
            .isEqualTo(1);

        FIXTURE.policies.update(with(policy, false, policy.triggers()));
        assertThat(FIXTURE.count("SELECT count(*) FROM schedule")).isZero();
        FIXTURE.policies.update(with(policy, true, policy.triggers()));
        assertThat(FIXTURE.count("SELECT count(*) FROM schedule")).isEqualTo(2);
        FIXTURE.policies.delete(policy.id());
        assertThat(FIXTURE.count("SELECT count(*) FROM schedule")).isZero();
    }

    @Test
    void a_time_that_is_due_stays_so_when_a_trigger_before_it_comes_or_goes() {
        Trigger first = new Trigger.Scheduled(timetable("0 1 * * *", Timetable.Misfire.SKIP));
        Trigger second = new Trigger.Scheduled(timetable("0 2 * * *", Timetable.Misfire.FIRE_ONCE));
        Policy policy = policy(first, second);
        FIXTURE.test.jdbc().sql("UPDATE schedule SET due = now() + interval '7 days' WHERE place = 0").update();
        FIXTURE.test.jdbc().sql("UPDATE schedule SET due = now() - interval '1 second' WHERE place = 1").update();

        FIXTURE.policies.update(with(policy, true, List.of(new Trigger.Manual(), second, first)));
        FIXTURE.policies.update(with(policy, true, List.of(second, first)));

        assertThat(FIXTURE.schedules.fireDue()).isEqualTo(1);
        assertThat(FIXTURE.schedules.fireDue()).isZero();
        assertThat(FIXTURE.count("SELECT count(*) FROM schedule WHERE due > now() + interval '6 days'")).isEqualTo(1);
        assertThat(FIXTURE.count("SELECT count(*) FROM schedule")).isEqualTo(2);
    }

    @Test
    void of_two_triggers_with_one_timetable_each_keeps_a_time() {
        Trigger twin = new Trigger.Scheduled(timetable("0 1 * * *", Timetable.Misfire.SKIP));
        Policy policy = policy(twin, twin);
        FIXTURE.test.jdbc().sql("UPDATE schedule SET due = now() + (place + 7) * interval '1 day'").update();

        FIXTURE.policies.update(with(policy, true, List.of(new Trigger.Manual(), twin, twin)));

        assertThat(FIXTURE.count("SELECT count(*) FROM schedule WHERE due > now() + interval '6 days'")).isEqualTo(2);
    }

    @Test
    void each_of_several_triggers_comes_at_its_own_time() {
        policy(new Trigger.Scheduled(timetable("0 1 * * *", Timetable.Misfire.FIRE_ONCE)),
                new Trigger.Scheduled(timetable("0 2 * * *", Timetable.Misfire.FIRE_ONCE)),
                new Trigger.Event(timetable("0 3 * * *", Timetable.Misfire.FIRE_ONCE)));
        for (int place = 0; place < 3; place++) {
            FIXTURE.test.jdbc()
                .sql("UPDATE schedule SET due = now() - interval '1 second' WHERE place = " + place)
                .update();
            assertThat(FIXTURE.schedules.fireDue()).isEqualTo(1);
            FIXTURE.executions.fail(executions().getFirst().id(), new Reason("ended by the test"));
            FIXTURE.summaries.sweep();
        }
        assertThat(executions()).hasSize(3);
        assertThat(future()).isEqualTo(3);
    }

    @Test
    void a_spread_puts_a_time_off_within_its_bound() {
        Timetable spread = new Timetable(new Cron("@hourly"), ZoneId.of("UTC"), Timetable.Misfire.FIRE_ONCE,
                Duration.ofMinutes(10));
        Trigger[] many = Collections.nCopies(50, new Trigger.Scheduled(spread)).toArray(Trigger[]::new);
        policy(many);
        assertThat(FIXTURE.count("SELECT count(*) FROM schedule"
                + " WHERE due >= time AND due < time + interval '10 minutes' AND extract(minute FROM time) = 0"))
            .isEqualTo(50);
        assertThat(FIXTURE.count("SELECT count(DISTINCT due) FROM schedule")).isGreaterThan(40);
    }

    @Test
    void a_thousand_policies_due_in_the_same_second_each_come_once_on_two_nodes() {
        Policy first = policy(new Trigger.Scheduled(timetable("@hourly", Timetable.Misfire.FIRE_ONCE)));
        for (int i = 1; i < 1000; i++) {
            FIXTURE.policies.insert(PolicyBuilder.between(first.source().registryId(), first.destination().registryId())
                .name("due " + i)
                .destination(first.destination().registryId(), "to" + i)
                .triggers(first.triggers())
                .build());
        }
        late("1 second");

        List<Integer> started = new ArrayList<>();
        for (int tick = 0; tick < 3; tick++) {
            started.addAll(Race.of(2, this.otherNode::fireDue));
        }

        assertThat(started.stream().mapToInt(Integer::intValue).sum()).isEqualTo(1000);
        assertThat(FIXTURE.count("SELECT count(DISTINCT policy_id) FROM execution")).isEqualTo(1000);
        assertThat(FIXTURE.count("SELECT count(*) FROM execution")).isEqualTo(1000);
        assertThat(FIXTURE.count("SELECT count(*) FROM scheduled_tasks WHERE task_name = 'discover'")).isEqualTo(1000);
        assertThat(future()).isEqualTo(1000);
    }

}
