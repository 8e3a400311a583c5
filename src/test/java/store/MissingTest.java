package store;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import fixtures.PolicyBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replication.access.Caller;
import replication.execution.Execution;
import replication.execution.state.ExecutionState;
import replication.execution.state.Mode;
import replication.execution.state.Operation;
import replication.execution.state.TaskState;
import replication.execution.task.Task;
import replication.execution.task.TaskEnd;
import replication.policy.Policy;

import static org.assertj.core.api.Assertions.assertThat;

/** How an execution ends whose policy names or selects what its source does not have. */
class MissingTest {

    private static final Fixture FIXTURE = new Fixture();

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    /**
     * Tasks: {@code s}ucceeded, {@code e}mpty (no tag matches), {@code m}issing,
     * {@code h}idden, {@code f}ailed; they are named app0, app1 …
     */
    @ParameterizedTest(name = "{0} by {1}, allow_empty {2}: {3}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            -   | manual    | false | PARTIAL   | the policy's filters select nothing at {source}
            -   | scheduled | false | PARTIAL   | the policy's filters select nothing at {source}
            -   | manual    | true  | SUCCEEDED | nothing matched
            -   | event     | false | SUCCEEDED | nothing matched
            e   | manual    | false | PARTIAL   | the policy's filters select nothing at {source}
            ee  | scheduled | false | PARTIAL   | the policy's filters select nothing at {source}
            ee  | manual    | true  | SUCCEEDED | -
            ee  | event     | false | SUCCEEDED | -
            se  | manual    | false | SUCCEEDED | -
            m   | manual    | false | PARTIAL   | the source has no repository app0
            m   | manual    | true  | SUCCEEDED | -
            sm  | scheduled | false | PARTIAL   | the source has no repository app1
            smm | manual    | false | PARTIAL   | the source has no repository app1 (and 1 more)
            sm  | manual    | true  | SUCCEEDED | -
            em  | manual    | false | PARTIAL   | the source has no repository app1
            h   | manual    | false | PARTIAL   | the source has no repository app0, or hides it: 403
            h   | manual    | true  | PARTIAL   | the source has no repository app0, or hides it: 403
            sh  | manual    | false | PARTIAL   | the source has no repository app1, or hides it: 403
            f   | manual    | false | FAILED    | 1 of 1 failed, first app0: no
            fh  | manual    | false | FAILED    | 2 of 2 failed, first app0: no
            sfm | manual    | false | PARTIAL   | 1 of 3 failed, first app1: no
            f   | event     | false | FAILED    | 1 of 1 failed, first app0: no
            """)
    void a_whole_run_that_does_not_find_what_it_is_for_is_partial(String tasks, String trigger, boolean allowEmpty,
            ExecutionState state, String text) {
        Policy policy = policy(allowEmpty);
        String source = FIXTURE.registries.find(policy.source().registryId()).orElseThrow().registry().name();

        Execution ended = ended(policy, trigger, (tasks != null) ? tasks : "");

        assertThat(ended.state()).isEqualTo(state);
        assertThat(ended.statusText()).isEqualTo((text != null) ? text.replace("{source}", source) : "");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = { "ss|PARTIAL|1 of its entries is no name: null",
                    "sf|PARTIAL|1 of 2 failed, first app1: no; 1 of its entries is no name: null",
                    "''|PARTIAL|1 of its entries is no name: null" })
    void an_execution_whose_list_is_not_whole_does_not_succeed_and_lists_again(String tasks, ExecutionState state,
            String text) {
        Execution ended = ended(policy(true), "manual", tasks, "1 of its entries is no name: null");

        assertThat(ended.state()).isEqualTo(state);
        assertThat(ended.statusText()).isEqualTo(text);
        FIXTURE.control.operate(ended.id(), Operation.RETRY, new Caller("ann"));
        assertThat(FIXTURE.execution(ended.id()).state()).isEqualTo(ExecutionState.PENDING);
    }

    private static Policy policy(boolean allowEmpty) {
        Policy policy = FIXTURE.policy();
        return FIXTURE.policies.update(PolicyBuilder.of(policy).allowEmpty(allowEmpty).build());
    }

    private static Execution ended(Policy policy, String trigger, String tasks) {
        return ended(policy, trigger, tasks, "");
    }

    private static Execution ended(Policy policy, String trigger, String tasks, String lacks) {
        FIXTURE.clear();
        long id = FIXTURE.executions.start(policy, trigger, new Caller("ann"), Mode.APPLY).id();
        FIXTURE.executions.beginDiscovery(id);
        FIXTURE.tasks.add(id, IntStream.range(0, tasks.length()).mapToObj((i) -> Fixture.planned("app" + i)).toList());
        FIXTURE.executions.endDiscovery(id, lacks);
        FIXTURE.tasks.dispatch();
        List<Task> planned = FIXTURE.all(id);
        for (int i = 0; i < planned.size(); i++) {
            FIXTURE.tasks.finish(FIXTURE.claim(planned.get(i).key()).claim(), end(tasks.charAt(i), "app" + i));
        }
        FIXTURE.summaries.refresh(Set.of(id));
        return FIXTURE.execution(id);
    }

    private static TaskEnd end(char kind, String name) {
        String missing = "the source has no repository " + name;
        return switch (kind) {
            case 's' -> new TaskEnd(TaskState.SUCCEEDED, "", 1);
            case 'e' -> new TaskEnd(TaskState.SKIPPED, "no tag matches", 0);
            case 'm' -> new TaskEnd(TaskState.SKIPPED, missing, 0).ofMissing();
            case 'h' -> new TaskEnd(TaskState.FAILED, missing + ", or hides it: 403", 0).ofMissing();
            case 'f' -> new TaskEnd(TaskState.FAILED, "no", 0);
            default -> throw new IllegalArgumentException("unknown kind " + kind);
        };
    }

}
