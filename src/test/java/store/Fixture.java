package store;

import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;

import fixtures.TestDatabase;
import replication.PageRequest;
import replication.ResourceType;
import replication.bandwidth.Bandwidth;
import replication.bandwidth.Window;
import replication.execution.ClaimedTask;
import replication.execution.Execution;
import replication.execution.Operation;
import replication.execution.PlannedTask;
import replication.execution.RetryPlan;
import replication.execution.Task;
import replication.execution.TaskKey;
import replication.policy.Cron;
import replication.policy.Filter;
import replication.policy.ForeignLayers;
import replication.policy.Glob;
import replication.policy.Overlap;
import replication.policy.Policy;
import replication.policy.Scheduling;
import replication.policy.Timetable;
import replication.policy.Trigger;
import replication.registry.Credential;
import replication.registry.Health;
import replication.registry.Registry;

/**
 * The tables over a database of one test class, and shortcuts to the states tests begin
 * with.
 */
final class Fixture implements AutoCloseable {

    static final int LIMIT = 8;

    static final RetryPlan RETRIES = new RetryPlan(2, Duration.ofMinutes(1), Duration.ofMinutes(10));

    static final Timetable NIGHTLY = new Timetable(new Cron("0 0 3 * * *"), ZoneId.of("Europe/Berlin"),
            Timetable.Misfire.SKIP, Duration.ofMinutes(5));

    static final Bandwidth OFFICE_HOURS = new Bandwidth(0, List.of(new Window(List.of(DayOfWeek.TUESDAY),
            LocalTime.of(8, 0), LocalTime.of(18, 30), ZoneId.of("Europe/Berlin"), 4096)));

    static final byte[] KEY = new byte[32];

    final TestDatabase test = TestDatabase.create();

    final Database database = Database.of(this.test.dataSource());

    final RegistryTable registries = new RegistryTable(this.database, new SecretBox(KEY), Duration.ofMinutes(1));

    final Partitions partitions = new Partitions(this.database);

    final ScheduleTable schedules = new ScheduleTable(this.database, this.partitions);

    final PolicyTable policies = new PolicyTable(this.database, this.schedules::plan);

    final ExecutionTable executions = new ExecutionTable(this.database, this.partitions, "node-a",
            Duration.ofMinutes(10));

    final TaskTable tasks = new TaskTable(this.database, "node-a", () -> LIMIT, RETRIES);

    final TaskTable otherNode = new TaskTable(this.database, "node-b", () -> LIMIT, RETRIES);

    final ControlTable control = new ControlTable(this.database);

    final OutcomeTable outcomes = new OutcomeTable(this.database);

    final TaskLogTable logs = new TaskLogTable(this.database);

    final SummaryTable summaries = new SummaryTable(this.database);

    private int names;

    static Registry registry(String name) {
        return new Registry(0, name, "", "oci", URI.create("https://" + name + ".example"), false,
                new Credential.None(), null, null, 0);
    }

    String newName(String prefix) {
        return prefix + ++this.names;
    }

    Policy policy() {
        long from = this.registries.insert(registry(newName("from")), Health.UNKNOWN).registry().id();
        long to = this.registries.insert(registry(newName("to")), Health.UNKNOWN).registry().id();
        return this.policies.insert(policy(newName("policy"), from, to));
    }

    /** One whose executions may well have no tasks. */
    static Policy policy(String name, long from, long to) {
        return new Policy(0, name, "nightly", "ann", null, null, from, List.of("library"), to, "mirror",
                List.of(new Filter.Name(Glob.of("library/**"), Filter.Decoration.MATCHES),
                        new Filter.Tag(Glob.of("*-rc"), Filter.Decoration.EXCLUDES),
                        new Filter.Resource(ResourceType.IMAGE)),
                List.of(new Trigger.Manual(), new Trigger.Scheduled(NIGHTLY), new Trigger.Event()), true, true, true,
                new Scheduling(0, Overlap.ALLOW, 0, OFFICE_HOURS), true, ForeignLayers.COPY);
    }

    Execution start() {
        return this.executions.start(policy(), "manual", "ann");
    }

    /** A running execution with a task for each source, all discovered. */
    long running(String... sources) {
        long id = start().id();
        this.executions.beginDiscovery(id);
        this.tasks.add(id, Arrays.stream(sources).map(Fixture::planned).toList());
        this.executions.endDiscovery(id);
        return id;
    }

    static PlannedTask planned(String source) {
        return planned(source, "mirror/" + source);
    }

    static PlannedTask planned(String source, String destination) {
        return new PlannedTask(ResourceType.IMAGE, source, destination);
    }

    /** The one task of a new execution, claimed by node-a. */
    ClaimedTask claimed() {
        long id = running("app");
        this.tasks.dispatch();
        return claim(key(id));
    }

    ClaimedTask claim(TaskKey key) {
        return this.tasks.claim(key).orElseThrow();
    }

    TaskKey key(long executionId) {
        return all(executionId).getFirst().key();
    }

    List<Task> all(long executionId) {
        return this.tasks.list(executionId, null, new PageRequest(0, PageRequest.MAX_SIZE)).items();
    }

    Execution execution(long id) {
        return this.executions.find(id).orElseThrow();
    }

    Task task(TaskKey key) {
        return this.tasks.find(key).orElseThrow();
    }

    long count(String sql) {
        return this.test.jdbc().sql(sql).query(Long.class).single();
    }

    /** Takes the jobs away that are done, as db-scheduler does after its handlers. */
    void jobsDone() {
        this.test.jdbc().sql("""
                DELETE FROM scheduled_tasks j
                WHERE task_name = 'transfer' AND NOT EXISTS (
                    SELECT FROM task
                    WHERE task_instance = execution_id || '/' || id AND state IN ('queued', 'running'))
                """).update();
    }

    /** Lets the time pass that retries wait for. */
    void retryNow() {
        jobsDone();
        this.test.jdbc().sql("UPDATE task SET retry_time = now() WHERE state = 'retrying'").update();
        this.tasks.dispatch();
    }

    void stop(long id, String who) {
        this.control.operate(id, Operation.STOP, who);
    }

    /** Lets everything be older than the sweep's patience. */
    void age() {
        this.test.jdbc().sql("UPDATE task SET update_time = update_time - interval '2 minutes'").update();
        this.test.jdbc().sql("UPDATE execution SET update_time = update_time - interval '2 minutes'").update();
    }

    /** Forgets all executions, so that a test has the queue's limit for itself. */
    void clear() {
        this.test.jdbc()
            .sql("TRUNCATE execution, execution_change, execution_item, task, artifact_outcome, task_log, scheduled_tasks")
            .update();
    }

    @Override
    public void close() {
        this.test.close();
    }

}
