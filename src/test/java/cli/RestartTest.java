package cli;

import fixtures.Command;
import fixtures.FaultyRegistry;
import fixtures.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Commands that watch an execution while the service is restarted. */
class RestartTest {

    private static final String EXECUTION = "/api/replication/executions/7";

    private static final Reply RUNNING = Reply.json("{\"id\":7,\"policy_name\":\"p\",\"status\":\"in_progress\"}");

    private static final Reply SUCCEEDED = Reply.json("{\"id\":7,\"policy_name\":\"p\",\"status\":\"succeeded\"}");

    private final FaultyRegistry service = new FaultyRegistry();

    @AfterEach
    void stop() {
        this.service.close();
    }

    @Test
    void run_waits_for_a_service_that_goes_away_and_comes_back() {
        this.service.on("GET", "/api/replication/policies", Reply.json("[{\"id\":1,\"name\":\"p\"}]"))
            .on("POST", "/api/replication/executions", RUNNING)
            .on("GET", EXECUTION, RUNNING, Reply.cut(), Reply.status(503), SUCCEEDED);

        Command run = command("run", "p", "--wait").expect(0);

        assertThat(run.out()).startsWith("execution 7 of p: succeeded");
        assertThat(run.err().lines()).singleElement().asString().endsWith("; waiting until it is back");
    }

    @Test
    void logs_are_followed_over_a_restart_and_no_line_comes_twice() {
        String task = "{\"id\":3,\"src_resource\":\"app\",\"status\":\"%s\",\"end_time\":%s}";
        this.service.on("GET", EXECUTION, RUNNING, RUNNING, Reply.status(503), RUNNING, SUCCEEDED)
            .on("GET", EXECUTION + "/logs", Reply.json("[" + task.formatted("running", "null") + "]"), Reply.cut(),
                    Reply.json("[" + task.formatted("succeeded", "\"2026-11-25T12:00:00Z\"") + "]"))
            .on("GET", EXECUTION + "/logs/3", Reply.body(200, "one\n"), Reply.body(200, "one\ntwo\n"));

        Command logs = command("logs", "7", "-f").expect(0);

        assertThat(logs.out()).isEqualTo("app: one\napp: two\n");
        assertThat(logs.err().lines()).isNotEmpty().allSatisfy((line) -> assertThat(line).contains("waiting until"));
    }

    @Test
    void what_refuses_is_not_waited_for() {
        this.service.on("GET", EXECUTION, RUNNING, Reply.status(401));

        assertThat(command("logs", "7", "-f").expect(1).err().lines()).singleElement().asString().contains("401");
    }

    private Command command(String... arguments) {
        String[] whole = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, whole, 0, arguments.length);
        whole[arguments.length] = "--url";
        whole[arguments.length + 1] = this.service.url().toString();
        return Command.run(whole);
    }

}
