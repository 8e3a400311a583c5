package store.policy;

import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import replication.access.Caller;
import replication.bandwidth.Bandwidth;
import replication.bandwidth.Limit;
import replication.bandwidth.Limited;
import replication.execution.Execution;
import replication.execution.state.Mode;
import replication.execution.state.TaskState;
import replication.execution.task.Task;
import replication.policy.Policy;
import store.Fixture;

import static org.assertj.core.api.Assertions.assertThat;

/** Which limits there are, and by how many nodes each is shared. */
class BandwidthTableTest {

    private static final Fixture FIXTURE = new Fixture();

    private static final Bandwidth SOME = new Bandwidth(1_000_000, List.of());

    private final BandwidthTable table = new BandwidthTable(FIXTURE.database, "node-a");

    private final BandwidthTable idle = new BandwidthTable(FIXTURE.database, "node-c");

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    @BeforeEach
    void nothingIsLimited() {
        FIXTURE.clear();
        FIXTURE.test.jdbc().sql("UPDATE policy SET bandwidth = '{}'").update();
        FIXTURE.test.jdbc().sql("UPDATE registry SET bandwidth = '{}'").update();
        this.table.limitEverything(Bandwidth.UNLIMITED);
    }

    private static Execution running(Policy policy, String... repositories) {
        Execution execution = FIXTURE.executions.start(policy, "manual", new Caller("ann"), Mode.APPLY);
        FIXTURE.executions.beginDiscovery(execution.id());
        FIXTURE.tasks.add(execution.id(),
                List.of(repositories).stream().map((name) -> Fixture.planned(name, policy.name() + name)).toList());
        FIXTURE.executions.endDiscovery(execution.id());
        FIXTURE.tasks.dispatch();
        return execution;
    }

    @Test
    void the_limit_of_everything_is_kept_until_another_is_set() {
        assertThat(this.table.everything()).isEqualTo(Bandwidth.UNLIMITED);
        assertThat(this.table.limits()).isEmpty();
        this.table.limitEverything(Fixture.OFFICE_HOURS);
        assertThat(this.table.everything()).isEqualTo(Fixture.OFFICE_HOURS);
        this.table.limitEverything(SOME);
        assertThat(this.table.limits()).containsExactly(new Limit(new Limited.Everything(), SOME, 1));
    }

    @Test
    void who_works_on_what_is_limited_shares_it() {
        Policy one = FIXTURE.policy();
        Policy other = FIXTURE.policy();
        Execution ofOne = running(one, "a", "b");
        running(other, "c");
        List<Task> tasks = FIXTURE.all(ofOne.id());
        FIXTURE.test.jdbc().sql("UPDATE policy SET bandwidth = '{\"bytes_per_second\": 1000000}'").update();
        FIXTURE.test.jdbc()
            .sql("UPDATE registry SET bandwidth = '{\"bytes_per_second\": 1000000}' WHERE id = "
                    + one.source().registryId())
            .update();
        this.table.limitEverything(SOME);
        assertThat(this.table.limits()).hasSizeGreaterThanOrEqualTo(4).allMatch((limit) -> limit.nodes() == 1);

        var first = FIXTURE.tasks.claim(tasks.get(0).key()).orElseThrow();
        assertThat(FIXTURE.otherNode.claim(tasks.get(1).key())).isPresent();

        assertThat(this.table.limits()).contains(limit(new Limited.Everything(), 2),
                limit(new Limited.ByPolicy(one.id()), 2), limit(new Limited.ByRegistry(one.source().registryId()), 2),
                limit(new Limited.ByPolicy(other.id()), 1));
        assertThat(this.idle.limits()).contains(limit(new Limited.ByPolicy(one.id()), 3),
                limit(new Limited.ByPolicy(other.id()), 1));

        FIXTURE.tasks.finish(first.claim(), TaskState.SUCCEEDED, "", 1);
        assertThat(this.idle.limits()).contains(limit(new Limited.ByPolicy(one.id()), 2));
    }

    private static Limit limit(Limited what, int nodes) {
        return new Limit(what, SOME, nodes);
    }

}
