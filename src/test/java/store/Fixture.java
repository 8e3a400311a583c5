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
import replication.access.Caller;
import replication.bandwidth.Bandwidth;
import replication.bandwidth.Window;
import replication.execution.Execution;
import replication.execution.state.Mode;
import replication.execution.state.Operation;
import replication.execution.state.RetryPlan;
import replication.execution.task.ClaimedTask;
import replication.execution.task.PlannedTask;
import replication.execution.task.Task;
import replication.execution.task.TaskKey;
import replication.execution.task.Tasks;
import replication.policy.Cron;
import replication.policy.Filter;
import replication.policy.ForeignLayers;
import replication.policy.Overlap;
import replication.policy.Policy;
import replication.policy.Scheduling;
import replication.policy.Timetable;
import replication.policy.Trigger;
import replication.registry.Health;
import replication.registry.Registry;
import replication.registry.RegistryCredential;
import store.execution.ControlTable;
import store.execution.ExecutionTable;
import store.execution.ScheduleTable;
import store.execution.SummaryTable;
import store.history.Partitions;
import store.policy.PolicyTable;
import store.registry.RegistryTable;
import store.secret.SecretBox;
import store.sql.Database;
import store.task.OutcomeTable;
import store.task.TaskLogTable;
import store.task.TaskTable;

/**
 * The tables over a database of one test class, and shortcuts to the states tests begin
 * with.
 */
public final class Fixture implements AutoCloseable {

    static final int LIMIT = 8;

    static final RetryPlan RETRIES = new RetryPlan(2, Duration.ofMinutes(1), Duration.ofMinutes(10));

    static final Timetable NIGHTLY = new Timetable(new Cron("0 0 3 * * *"), ZoneId.of("Europe/Berlin"),
            Timetable.Misfire.SKIP, Duration.ofMinutes(5));

    public static final Bandwidth OFFICE_HOURS = new Bandwidth(0, List.of(new Window(List.of(DayOfWeek.TUESDAY),
            LocalTime.of(8, 0), LocalTime.of(18, 30), ZoneId.of("Europe/Berlin"), 4096)));

    private static final List<Filter> FILTERS = List.of(Filter.matching("name", "library/**"),
            Filter.excluding("tag", "*-rc"), Filter.matching("resource", "image"));

    public final TestDatabase test = TestDatabase.create();

    public final Database database = Database.of(this.test.dataSource());

    public final RegistryTable registries = new RegistryTable(this.database, new SecretBox(key()),
            Duration.ofMinutes(1));

    public final Partitions partitions = new Partitions(this.database);

    final ScheduleTable schedules = new ScheduleTable(this.database, this.partitions);

    public final PolicyTable policies = new PolicyTable(this.database, this.schedules::plan);

    public final ExecutionTable executions = new ExecutionTable(this.database, this.partitions, "node-a",
            Duration.ofMinutes(10));

    public final TaskTable tasks = new TaskTable(this.database, "node-a", () -> LIMIT, RETRIES);

    public final TaskTable otherNode = new TaskTable(this.database, "node-b", () -> LIMIT, RETRIES);

    public final ControlTable control = new ControlTable(this.database);

    public final OutcomeTable outcomes = new OutcomeTable(this.database);

    public final TaskLogTable logs = new TaskLogTable(this.database);

    public final SummaryTable summaries = new SummaryTable(this.database);

    private int names;

    public static byte[] key() {
        return new byte[32];
    }

    public static Registry registry(String name) {
        return new Registry(0, name, "", "oci", URI.create("https://" + name + ".example"), false,
                RegistryCredential.NONE, null, null, 0);
    }

    public String newName(String prefix) {
        return prefix + ++this.names;
    }

    public Policy policy() {
        long from = this.registries.insert(registry(newName("from")), Health.UNKNOWN).registry().id();
        long to = this.registries.insert(registry(newName("to")), Health.UNKNOWN).registry().id();
        return this.policies.insert(policy(newName("policy"), from, to));
    }

    /** One whose executions may well have no tasks. */
    public static Policy policy(String name, long from, long to) {
        return new Policy(0, name, "nightly", Policy.Authorship.of("ann"), new Policy.Source(from, List.of("library")),
                new Policy.Destination(to, "mirror"), new Policy.Selection(FILTERS, true),
                List.of(new Trigger.Manual(), new Trigger.Scheduled(NIGHTLY), new Trigger.Event()),
                new Policy.Behaviour(true, true, ForeignLayers.COPY), true,
                new Scheduling(0, Overlap.ALLOW, 0, OFFICE_HOURS));
    }

    Execution start() {
        return this.executions.start(policy(), "manual", new Caller("ann"), Mode.APPLY);
    }

    /** A running execution with a task for each source, all discovered. */
    public long running(String... sources) {
        long id = start().id();
        this.executions.beginDiscovery(id);
        this.tasks.add(id, Arrays.stream(sources).map(Fixture::planned).toList());
        this.executions.endDiscovery(id);
        return id;
    }

    public static PlannedTask planned(String source) {
        return planned(source, "mirror/" + source);
    }

    public static PlannedTask planned(String source, String destination) {
        // As the version before adds it: the destination is the policy's.
        return new PlannedTask(ResourceType.IMAGE, source, 0, destination);
    }

    /** The one task of a new execution, claimed by node-a. */
    ClaimedTask claimed() {
        long id = running("app");
        this.tasks.dispatch();
        return claim(key(id));
    }

    public ClaimedTask claim(TaskKey key) {
        return this.tasks.claim(key).orElseThrow();
    }

    public TaskKey key(long executionId) {
        return all(executionId).getFirst().key();
    }

    public List<Task> all(long executionId) {
        return this.tasks.list(new Tasks.TaskQuery(executionId, null, null), new PageRequest(0, PageRequest.MAX_SIZE))
            .items();
    }

    public Execution execution(long id) {
        return this.executions.find(id).orElseThrow();
    }

    public Task task(TaskKey key) {
        return this.tasks.find(key).orElseThrow();
    }

    public long count(String sql) {
        return this.test.jdbc().sql(sql).query(Long.class).single();
    }

    /** Takes the jobs away that are done, as db-scheduler does after its handlers. */
    public void jobsDone() {
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

    public void stop(long id, String who) {
        this.control.operate(id, Operation.STOP, new Caller(who));
    }

    /** Lets everything be older than the sweep's patience. */
    void age() {
        this.test.jdbc().sql("UPDATE task SET update_time = update_time - interval '2 minutes'").update();
        this.test.jdbc().sql("UPDATE execution SET update_time = update_time - interval '2 minutes'").update();
    }

    /** Forgets all executions, so that a test has the queue's limit for itself. */
    public void clear() {
        this.test.jdbc()
            .sql("TRUNCATE execution, execution_change, execution_item, task, artifact_outcome, task_log, scheduled_tasks")
            .update();
    }

    @Override
    public void close() {
        this.test.close();
    }

}
