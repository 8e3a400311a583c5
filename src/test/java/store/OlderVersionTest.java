package store;

import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import replication.ResourceType;
import replication.access.Caller;
import replication.execution.copy.Outcome;
import replication.execution.copy.Placements;
import replication.execution.copy.Subject;
import replication.execution.state.Mode;
import replication.execution.task.ClaimedTask;
import replication.execution.task.PlannedTask;
import replication.execution.task.Task;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The statements of the version before, which knows images and one destination, run
 * beside this one's: their rows are found, and none is written twice.
 */
class OlderVersionTest {

    private static final String DIGEST = "sha256:" + "a".repeat(64);

    private static final Fixture FIXTURE = new Fixture();

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    @Test
    void a_task_that_it_has_found_is_found_once_and_goes_to_the_policy_s_destination() {
        long id = FIXTURE.executions.start(FIXTURE.policy(), "manual", new Caller("ann"), Mode.APPLY).id();
        FIXTURE.executions.beginDiscovery(id);
        long destination = FIXTURE.executions.snapshot(id).orElseThrow().destination().registryId();
        addAsBefore(id, "library/old");

        FIXTURE.tasks.add(id, List.of(planned("library/old", destination), planned("library/new", destination)));
        addAsBefore(id, "library/new");

        assertThat(FIXTURE.all(id)).extracting(Task::source).containsExactly("library/old", "library/new");
        FIXTURE.executions.endDiscovery(id);
        FIXTURE.tasks.dispatch();
        assertThat(FIXTURE.all(id)).allSatisfy((task) -> {
            ClaimedTask claimed = FIXTURE.tasks.claim(task.key()).orElseThrow();
            assertThat(claimed.resource()).isEqualTo(ResourceType.IMAGE);
            assertThat(claimed.destRegistryId()).isEqualTo(destination);
        });
    }

    @Test
    void what_it_has_put_somewhere_is_known_and_what_this_one_puts_is_not_written_beside_it() {
        ClaimedTask task = FIXTURE.claimed();
        placeAsBefore(task, "v1");
        FIXTURE.outcomes.record(task, List.of(Outcome.copied(new Subject.Tag("v1"), DIGEST, 1),
                Outcome.copied(new Subject.Tag("v2"), DIGEST, 1)));
        placeAsBefore(task, "v2");

        Placements placed = FIXTURE.outcomes.placed(task);
        assertThat(placed.tags()).containsExactlyInAnyOrder("v1", "v2");
        assertThat(placed.digest(new Subject.Tag("v1"))).hasValue(DIGEST);
    }

    private static PlannedTask planned(String source, long destination) {
        return new PlannedTask(ResourceType.IMAGE, source, destination, "mirror/" + source);
    }

    private static void addAsBefore(long execution, String source) {
        FIXTURE.test.jdbc().sql("""
                INSERT INTO task (execution_id, resource_type, src_resource, dest_resource, state)
                VALUES (?, 'image', ?, ?, 'pending')
                ON CONFLICT (execution_id, src_resource) DO NOTHING
                """).params(execution, source, "mirror/" + source).update();
    }

    private static void placeAsBefore(ClaimedTask task, String tag) {
        FIXTURE.test.jdbc()
            .sql("""
                    INSERT INTO placement (policy_id, registry_id, repository, tag, digest, execution_id, time)
                    VALUES (?, ?, ?, ?, ?, ?, now())
                    ON CONFLICT (policy_id, registry_id, repository, tag) DO UPDATE SET digest = excluded.digest
                    """)
            .params(task.policy().id(), task.destRegistryId(), task.destination(), tag, DIGEST,
                    task.claim().key().executionId())
            .update();
    }

}
