package store;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.stream.Gatherers;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replication.access.Caller;
import replication.execution.Execution;
import replication.execution.state.ExecutionState;
import replication.execution.state.Mode;
import replication.execution.state.TaskState;
import replication.execution.task.Task;
import replication.policy.Policy;
import replication.registry.Health;
import replication.registry.Registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** A repository at a destination has one writer, however many rows name the place. */
class OneWriterTest {

    private static final Fixture FIXTURE = new Fixture();

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            https://{h},         https://{h}/,            1
            https://{h},         https://{H}:443,         1
            https://{h}/mirror,  https://{h}.//mirror//,  1
            http://{h}:443,      https://{h},             1
            http://{h}:5000/,    http://{h}:5000,         1
            layout:out/{h},      layout:out//{h}/,        1
            http://{h},          https://{h},             2
            https://{h}/mirror,  https://{h},             2
            https://{h}:8443,    https://{h},             2
            """)
    void one_place_in_two_spellings_has_one_writer(String one, String other, int queued) {
        FIXTURE.database.sql("UPDATE execution SET state = 'stopped'").update();
        Policy first = FIXTURE.policy();
        Policy second = FIXTURE.policy();
        String host = FIXTURE.newName("host") + ".example";
        writesTo(first, one, host);
        writesTo(second, other, host);
        running(first);
        running(second);

        assertThat(FIXTURE.tasks.dispatch() + FIXTURE.otherNode.dispatch()).isEqualTo(queued);
    }

    @ParameterizedTest
    @CsvSource({ "500", "1" })
    void two_sources_of_one_destination_are_told_and_the_first_is_copied(int batch) {
        FIXTURE.database.sql("UPDATE execution SET state = 'stopped'").update();
        long id = FIXTURE.executions.start(FIXTURE.policy(), "manual", new Caller("ann"), Mode.APPLY).id();
        FIXTURE.executions.beginDiscovery(id);
        Stream.of("a/app", "b/app", "b/web")
            .map((source) -> Fixture.planned(source, "mirror/" + source.substring(2)))
            .gather(Gatherers.windowFixed(batch))
            .forEach((planned) -> FIXTURE.tasks.add(id, planned));
        FIXTURE.executions.endDiscovery(id);
        FIXTURE.tasks.dispatch();
        List<Task> tasks = FIXTURE.all(id);
        for (Task task : List.of(tasks.get(0), tasks.get(2))) {
            FIXTURE.tasks.finish(FIXTURE.claim(task.key()).claim(), TaskState.SUCCEEDED, "", 1);
        }
        FIXTURE.summaries.refresh(List.of(id));

        String told = "its destination mirror/app is already that of a/app";
        assertThat(FIXTURE.all(id)).extracting(Task::source, Task::state, Task::statusText)
            .containsExactly(tuple("a/app", TaskState.SUCCEEDED, ""), tuple("b/app", TaskState.FAILED, told),
                    tuple("b/web", TaskState.SUCCEEDED, ""));
        assertThat(FIXTURE.execution(id)).extracting(Execution::state, Execution::statusText)
            .containsExactly(ExecutionState.PARTIAL, "1 of 3 failed, first b/app: " + told);
    }

    private static void writesTo(Policy policy, String url, String host) {
        Registry registry = FIXTURE.registries.find(policy.destination().registryId()).orElseThrow().registry();
        URI place = URI.create(url.replace("{h}", host).replace("{H}", host.toUpperCase(Locale.ROOT)));
        FIXTURE.registries.update(
                new Registry(registry.id(), registry.name(), registry.description(), registry.type(), place,
                        registry.insecure(), registry.credential(), registry.caCertificate(), registry.proxyUrl(), 0),
                Health.UNKNOWN);
    }

    private static void running(Policy policy) {
        long id = FIXTURE.executions.start(policy, "manual", new Caller("ann"), Mode.APPLY).id();
        FIXTURE.executions.beginDiscovery(id);
        FIXTURE.tasks.add(id, List.of(Fixture.planned("same")));
        FIXTURE.executions.endDiscovery(id);
    }

}
