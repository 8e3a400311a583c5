package routes;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import fixtures.CountingCopy;
import fixtures.MemoryLogs;
import fixtures.MemoryOutcomes;
import fixtures.MemoryRegistries;
import fixtures.MemoryTasks;
import fixtures.RouteBench;
import fixtures.Samples;
import oci.model.RegistryFailure;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.builder.RouteBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replication.Refusal;
import replication.StoreAway;
import replication.execution.copy.Change;
import replication.execution.copy.Outcome;
import replication.execution.copy.ResourceHandler;
import replication.execution.copy.ResourceHandlers;
import replication.execution.copy.Subject;
import replication.execution.flow.ProgressReport;
import replication.execution.flow.RunningTasks;
import replication.execution.flow.Transfers;
import replication.execution.state.TaskState;
import replication.execution.task.Claim;
import replication.execution.task.TaskEnd;
import replication.execution.task.TaskKey;
import replication.execution.task.TaskLogs;
import replication.policy.FilterKinds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The route {@code transfer}. */
class TransferRouteTest {

    private final MemoryTasks tasks = new MemoryTasks(Samples.policy());

    private final MemoryOutcomes outcomes = new MemoryOutcomes();

    private final MemoryLogs logs = new MemoryLogs();

    private final RunningTasks running = new RunningTasks(this.tasks);

    private final AtomicInteger news = new AtomicInteger();

    @Test
    void sixty_four_tasks_at_once_move_through_a_window_of_one() throws Exception {
        List<CountingCopy> copies = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            copies.add(new CountingCopy(50));
        }
        Queue<CountingCopy> each = new ConcurrentLinkedQueue<>(copies);
        ResourceHandler handler = CountingCopy.handing(each::remove);

        try (RouteBench bench = bench(handler, 1); ExecutorService jobs = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                TaskKey key = new TaskKey(i, i);
                done.add(jobs.submit(() -> bench.producer().sendBody("direct:transfer", key)));
            }
            for (Future<?> future : done) {
                future.get(60, TimeUnit.SECONDS);
            }
        }

        assertThat(copies).allSatisfy((copy) -> {
            assertThat(copy.copied).hasValue(50);
            assertThat(copy.mostAtOnce).hasValue(1);
            assertThat(copy.closed).hasValue(1);
        });
        assertThat(this.tasks.endings).hasSize(64)
            .allSatisfy((_, ending) -> assertThat(ending.state()).isEqualTo(TaskState.SUCCEEDED));
        assertThat(this.outcomes.recorded.values()).allSatisfy((recorded) -> assertThat(recorded).hasSize(50));
        assertThat(this.news).hasValue(64);
        assertThat(this.running.count()).isZero();
    }

    @Test
    void many_changes_never_run_ahead_of_the_window() {
        CountingCopy copy = new CountingCopy(20_000);

        transfer(copy, 16);

        assertThat(copy.copied).hasValue(20_000);
        assertThat(copy.mostAtOnce.get()).isBetween(2, 16);
        assertThat(this.outcomes.recorded.get(new TaskKey(1, 1))).hasSize(20_000);
        assertThat(this.logs.lines).extracting(TaskLogs.Line::text)
            .last()
            .asString()
            .as("each outcome is aggregated once")
            .contains("20000 copied");
    }

    @Test
    void a_failed_artifact_fails_the_task_with_its_reason_and_the_others_go_on() {
        CountingCopy copy = new CountingCopy(10) {
            @Override
            protected Outcome outcome(Change change) {
                return change.reference().equals("v3")
                        ? Outcome.failed(new Subject.Tag("v3"), "", 0, "the registry said no") : super.outcome(change);
            }
        };

        transfer(copy, 4);

        TaskEnd ending = ending();
        assertThat(ending.state()).isEqualTo(TaskState.FAILED);
        assertThat(ending.why().text()).isEqualTo("v3: the registry said no");
        assertThat(copy.copied).hasValue(10);
    }

    @Test
    void a_task_waits_as_long_as_a_registry_asks_of_any_of_its_artifacts() {
        CountingCopy copy = new CountingCopy(10) {
            @Override
            protected Outcome outcome(Change change) {
                return switch (change.reference()) {
                    case "v3" -> Outcome.failedForNow(new Subject.Tag("v3"), "", 0, "429", Duration.ofMinutes(20));
                    case "v4" -> Outcome.failedForNow(new Subject.Tag("v4"), "", 0, "reset");
                    default -> super.outcome(change);
                };
            }
        };

        transfer(copy, 4);

        assertThat(ending().state()).isEqualTo(TaskState.RETRYING);
        assertThat(ending().retryAfter()).isEqualTo(Duration.ofMinutes(20));
    }

    @Test
    void a_listing_that_the_registry_has_no_time_for_is_made_when_it_has() {
        CountingCopy copy = new CountingCopy(0) {
            @Override
            public Iterator<Change> changes() {
                throw new RegistryFailure.RateLimited("list tags of a.example/lib/app: 429", Duration.ofMinutes(7));
            }
        };

        transfer(copy, 4);

        assertThat(ending().state()).isEqualTo(TaskState.RETRYING);
        assertThat(ending().retryAfter()).isEqualTo(Duration.ofMinutes(7));
    }

    @Test
    void a_listing_that_fails_fails_the_task_in_one_line() {
        CountingCopy copy = new CountingCopy(0) {
            @Override
            public Iterator<Change> changes() {
                throw new RegistryFailure.Permanent("list tags of a.example/lib/app: 403 DENIED");
            }
        };

        transfer(copy, 4);

        TaskEnd ending = ending();
        assertThat(ending.state()).isEqualTo(TaskState.FAILED);
        assertThat(ending.why().text()).isEqualTo("list tags of a.example/lib/app: 403 DENIED");
        assertThat(copy.closed).hasValue(1);
    }

    @Test
    void a_defect_in_one_copy_ends_the_task_as_failed_rather_than_hanging_it() {
        CountingCopy copy = new CountingCopy(1000) {
            @Override
            protected Outcome outcome(Change change) {
                throw new IllegalStateException("a defect");
            }
        };

        transfer(copy, 4);

        assertThat(ending().why().text()).isEqualTo("a defect");
        assertThat(copy.copied.get()).isLessThan(1000);
    }

    @Test
    void nothing_that_matches_is_a_skipped_task() {
        transfer(new CountingCopy(0), 4);

        assertThat(ending().state()).isEqualTo(TaskState.SKIPPED);
    }

    @ParameterizedTest
    @CsvSource({ "changes, stack", "copy, stack", "open, stack", "changes, memory", "copy, memory", "open, memory" })
    void a_task_ends_for_an_error_as_well(String where, String which) {
        Error error = which.equals("stack") ? new StackOverflowError() : new OutOfMemoryError("Java heap space");
        CountingCopy copy = new CountingCopy(10) {
            @Override
            public Iterator<Change> changes() {
                if (where.equals("changes")) {
                    throw error;
                }
                return super.changes();
            }

            @Override
            protected Outcome outcome(Change change) {
                if (where.equals("copy") && change.reference().equals("v3")) {
                    throw error;
                }
                return super.outcome(change);
            }
        };

        ResourceHandler handler = CountingCopy.handing(() -> {
            if (where.equals("open")) {
                throw error;
            }
            return copy;
        });
        try (RouteBench bench = bench(handler, 4)) {
            bench.producer().sendBody("direct:transfer", new TaskKey(1, 1));
        }

        TaskEnd ending = ending();
        assertThat(ending.state()).isEqualTo(TaskState.FAILED);
        assertThat(ending.why().text())
            .isEqualTo(which.equals("stack") ? "unforeseen: what came is nested too deep for the stack"
                    : "unforeseen: the memory of this node does not suffice");
        assertThat(this.running.count()).isZero();
    }

    @Test
    void a_stop_reaches_a_task_that_waits_for_room_in_its_window() throws Exception {
        CountDownLatch inCopy = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CountingCopy copy = new CountingCopy(100) {
            @Override
            protected Outcome outcome(Change change) {
                inCopy.countDown();
                await(goOn);
                return super.outcome(change);
            }
        };
        try (RouteBench bench = bench(copy.handler(), 1);
                ExecutorService jobs = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> job = jobs.submit(() -> bench.producer().sendBody("direct:transfer", new TaskKey(1, 1)));
            await(inCopy);
            this.tasks.wishedStopped.add(new Claim(new TaskKey(1, 1), "node", 1));
            this.running.applyStops();
            goOn.countDown();
            job.get(30, TimeUnit.SECONDS);
        }

        assertThat(ending().state()).isEqualTo(TaskState.STOPPED);
        assertThat(copy.copied.get()).isLessThan(10);
    }

    @Test
    void a_task_that_another_node_took_over_is_left_alone() {
        this.outcomes.lost.add(new Claim(new TaskKey(1, 1), "node", 1));

        transfer(new CountingCopy(100), 4);

        assertThat(this.tasks.endings).isEmpty();
        assertThat(this.running.count()).isZero();
    }

    @Test
    void a_node_that_goes_down_hands_its_tasks_back() {
        this.running.handBack();

        transfer(new CountingCopy(100), 4);

        assertThat(ending().state()).isEqualTo(TaskState.STOPPED);
    }

    @Test
    void a_registry_that_its_adapter_cannot_serve_any_more_fails_the_task_and_keeps_nothing_running() {
        ResourceHandler refusing = CountingCopy.handing(() -> {
            throw new Refusal.Invalid("url", "the folder lies outside of the root");
        });
        try (RouteBench bench = bench(refusing, 4)) {
            bench.producer().sendBody("direct:transfer", new TaskKey(1, 1));
        }

        assertThat(ending().state()).isEqualTo(TaskState.FAILED);
        assertThat(ending().why().text()).isEqualTo("the folder lies outside of the root");
        assertThat(this.running.count()).isZero();
    }

    @Test
    void a_secret_that_cannot_be_opened_fails_the_task() {
        MemoryRegistries unreadable = new MemoryRegistries() {
            @Override
            public Optional<RegistryRecord> find(long id) {
                throw new IllegalStateException("the secret of registry 1 was sealed with another key");
            }
        };
        try (RouteBench bench = bench(new CountingCopy(1).handler(), 4, unreadable)) {
            bench.producer().sendBody("direct:transfer", new TaskKey(1, 1));
        }
        assertThat(ending().state()).isEqualTo(TaskState.FAILED);
        assertThat(ending().why().text()).isEqualTo("the secret of registry 1 was sealed with another key");
        assertThat(this.running.count()).isZero();
    }

    @Test
    void a_task_that_has_ended_is_not_begun_again() {
        transfer(new CountingCopy(3), 4);
        CountingCopy again = new CountingCopy(3);
        transfer(again, 4);

        assertThat(again.copied).hasValue(0);
    }

    @Test
    void what_cannot_be_written_down_is_no_verdict_and_the_job_comes_again() {
        this.outcomes.away = true;
        CountingCopy copy = new CountingCopy(10);
        assertThatExceptionOfType(CamelExecutionException.class).isThrownBy(() -> transfer(copy, 4))
            .withCauseInstanceOf(StoreAway.class);
        assertThat(this.tasks.endings).isEmpty();
        assertThat(copy.closed).hasValue(1);
        assertThat(this.running.count()).isZero();

        this.outcomes.away = false;
        transfer(new CountingCopy(10), 4);

        assertThat(ending().state()).isEqualTo(TaskState.SUCCEEDED);
    }

    private TaskEnd ending() {
        return Objects.requireNonNull(this.tasks.endings.get(new TaskKey(1, 1)));
    }

    private void transfer(CountingCopy copy, int window) {
        try (RouteBench bench = bench(copy.handler(), window)) {
            bench.producer().sendBody("direct:transfer", new TaskKey(1, 1));
            Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> bench.camel().getInflightRepository().size() == 0);
        }
    }

    private RouteBench bench(ResourceHandler handler, int window) {
        return bench(handler, window, new MemoryRegistries(Samples.registry(1), Samples.registry(2)));
    }

    private RouteBench bench(ResourceHandler handler, int window, MemoryRegistries registries) {
        Transfers transfers = new Transfers(this.tasks, this.outcomes, this.logs, registries,
                new ResourceHandlers(List.of(handler)), FilterKinds.BUILT_IN, this.running,
                new ProgressReport((_) -> true), Clock.systemUTC(), window);
        return RouteBench.with(
                Map.of("transfers", transfers, "copyThreads", Executors.newVirtualThreadPerTaskExecutor()),
                new TransferRoute(), new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:dispatch").to("log:dispatch?level=DEBUG");
                        from("direct:news").process((_) -> TransferRouteTest.this.news.incrementAndGet());
                    }
                });
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        }
        catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }

}
