package transfer.image;

import java.time.Clock;
import java.util.List;
import java.util.Objects;

import fixtures.FaultyRegistry;
import fixtures.Images;
import fixtures.MemoryLogs;
import fixtures.MemoryOutcomes;
import fixtures.MemoryRegistries;
import fixtures.MemoryRegistry;
import fixtures.MemoryTasks;
import fixtures.Patience;
import fixtures.PolicyBuilder;
import fixtures.Registered;
import fixtures.Reply;
import fixtures.Samples;
import oci.ContentRegistry;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.remote.RemoteRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replication.cluster.BlobLeases;
import replication.cluster.UploadSessions;
import replication.execution.copy.ResourceHandlers;
import replication.execution.flow.ProgressReport;
import replication.execution.flow.RunningTasks;
import replication.execution.flow.TransferRun;
import replication.execution.flow.Transfers;
import replication.execution.state.TaskState;
import replication.execution.task.TaskEnd;
import replication.execution.task.TaskKey;
import replication.execution.task.TaskLogs;
import replication.policy.Filter;
import replication.policy.FilterKinds;
import replication.policy.Policy;
import transfer.Copying;
import transfer.Put;
import transfer.blob.BlobFlights;
import transfer.blob.RememberedBlobs;

import static org.assertj.core.api.Assertions.assertThat;

/** What a policy names and its source does not have, as the task tells it. */
class NamedTagsTest {

    private static final String TAGS = "/v2/lib/app/tags/list";

    private static final TaskKey TASK = new TaskKey(1, 1);

    private final FaultyRegistry faulty = new FaultyRegistry();

    private final RemoteRegistry source = RemoteRegistry.connect(Registered.at(this.faulty.url()).access(),
            Patience.SHORT, new HostLimits(LimitSizes.DEFAULTS));

    private final MemoryLogs logs = new MemoryLogs();

    private final MemoryOutcomes outcomes = new MemoryOutcomes();

    @AfterEach
    void close() {
        this.source.close();
        this.faulty.close();
    }

    @ParameterizedTest(name = "{0}: {1} {2} is {3}, missing {4}")
    @CsvSource(delimiter = '|',
            textBlock = """
                    lib/app         | 404 | NAME_UNKNOWN  | SKIPPED | true  | the source has no repository lib/app
                    lib/{app,web}   | 404 | NAME_UNKNOWN  | SKIPPED | true  | the source has no repository lib/app
                    lib/\\app        | 404 | NOT_FOUND     | SKIPPED | true  | the source has no repository lib/app
                    lib/app         | 404 | DENIED        | FAILED  | true  | the source has no repository lib/app, or hides it: list the tags of {host}/lib/app: 404 DENIED
                    lib/app         | 401 | UNAUTHORIZED  | FAILED  | true  | the source has no repository lib/app, or hides it: list the tags of {host}/lib/app: 401 UNAUTHORIZED
                    lib/app         | 403 | DENIED        | FAILED  | true  | the source has no repository lib/app, or hides it: list the tags of {host}/lib/app: 403 DENIED
                    lib/*           | 404 | NAME_UNKNOWN  | SKIPPED | false | no tag matches
                    {x,lib}/?pp     | 404 | NAME_UNKNOWN  | SKIPPED | false | no tag matches
                    lib/*           | 403 | DENIED        | FAILED  | false | list the tags of {host}/lib/app: 403 DENIED
                    """)
    void a_repository_that_is_named_and_not_there_is_told(String name, int status, String code, TaskState state,
            boolean missing, String text) {
        this.faulty.on("GET", TAGS, Reply.error(status, code, "no"));

        TaskEnd end = copy(Samples.policy(name(name)));

        assertThat(end.state()).isEqualTo(state);
        assertThat(end.why().text()).startsWith(text.replace("{host}", this.faulty.host()));
        assertThat(end.missing()).isEqualTo(missing);
        assertThat(this.logs.lines).extracting(TaskLogs.Line::text).contains(end.why().toString());
    }

    @ParameterizedTest(name = "{0}, listed {1}: {2}")
    @CsvSource(delimiter = '|', nullValues = "-",
            textBlock = """
                    v9          | "v1","v2" | the source has no tag v9 of lib/app
                    {v8,v9}     | "v1"      | the source has no tags v8, v9 of lib/app
                    v9          | -         | the source has no tag v9 of lib/app
                    v*          | "x"       | no tag matches
                    *           | -         | no tag matches
                    {a,b}{0,1,2,3,4,5} | "x" | the source has no tags a0, a1, a2, a3, a4, a5, b0, b1, b2, b3 of lib/app (and 2 more of these)
                    """)
    void a_tag_that_is_named_and_not_there_is_the_reason(String tag, String listed, String text) {
        this.faulty.on("GET", TAGS, Reply.json("{\"tags\": [%s]}".formatted((listed != null) ? listed : "")));

        TaskEnd end = copy(Samples.policy(name("lib/app"), Filter.matching("tag", tag)));

        assertThat(end).isEqualTo(new TaskEnd(TaskState.SKIPPED, text, 0));
    }

    @Test
    void a_tag_that_is_named_and_not_there_is_told_beside_those_that_are() {
        MemoryRegistry there = new MemoryRegistry();
        there.seed("lib/app", "v1", Images.image(1, 10));

        TaskEnd end = copy(there, Samples.policy(name("lib/app"), Filter.matching("tag", "{v1,v9}")));

        assertThat(end).isEqualTo(new TaskEnd(TaskState.SUCCEEDED, "", 0));
        assertThat(this.logs.lines).extracting(TaskLogs.Line::text).contains("the source has no tag v9 of lib/app");
    }

    @Test
    void what_is_kept_of_a_repository_that_is_gone_makes_no_success_of_it() {
        Put put = new Put();
        put.tags.put("v1", "sha256:" + "a".repeat(64));
        this.outcomes.placed = put;
        Policy policy = Samples.policy(name("lib/app"));

        TaskEnd end = copy(PolicyBuilder.of(policy).deletion(true).build());

        assertThat(end)
            .isEqualTo(new TaskEnd(TaskState.SKIPPED, "the source has no repository lib/app", 0).ofMissing());
    }

    @Test
    void a_listing_that_is_refused_further_on_hides_no_repository() {
        this.faulty.on("GET", TAGS,
                Reply.json("{\"tags\": [\"v1\"]}").header("Link", "<" + TAGS + "?last=v1>; rel=\"next\""),
                Reply.error(403, "DENIED", "no"));

        TaskEnd end = copy(Samples.policy(name("lib/app")));

        assertThat(end.state()).isEqualTo(TaskState.FAILED);
        assertThat(end.why().text()).startsWith("list the tags of");
        assertThat(end.missing()).isFalse();
    }

    @Test
    void a_question_whether_it_is_there_that_fails_is_asked_again_by_a_later_attempt() {
        this.faulty.on("GET", TAGS, Reply.json("{\"tags\": []}"), Reply.status(503));

        TaskEnd end = copy(Samples.policy(name("lib/app")));

        assertThat(end.state()).isEqualTo(TaskState.RETRYING);
        assertThat(end.missing()).isFalse();
    }

    private TaskEnd copy(Policy policy) {
        return copy(this.source, policy);
    }

    private TaskEnd copy(ContentRegistry from, Policy policy) {
        MemoryRegistry to = new MemoryRegistry();
        MemoryTasks tasks = new MemoryTasks(policy);
        ImageTransfer images = new ImageTransfer((registry) -> (registry.id() == 1) ? from : to, Copying.SETTINGS,
                new BlobFlights(), new RememberedBlobs(Clock.systemUTC()), BlobLeases.ALONE, UploadSessions.NONE);
        Transfers transfers = new Transfers(tasks, this.outcomes, this.logs,
                new MemoryRegistries(Samples.registry(1), Samples.registry(2)), new ResourceHandlers(List.of(images)),
                FilterKinds.BUILT_IN, new RunningTasks(tasks), new ProgressReport((_) -> true), Clock.systemUTC(), 4);
        TransferRun run = Objects.requireNonNull(transfers.claim(TASK));
        run.forEachRemaining((step) -> step.copy().counted());
        transfers.record(run);
        return Objects.requireNonNull(tasks.endings.get(TASK));
    }

    private static Filter name(String glob) {
        return Filter.matching("name", glob);
    }

}
