package routes;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import fixtures.MemoryTasks;
import fixtures.RouteBench;
import fixtures.Samples;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import replication.execution.flow.RunningTasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/** The routes {@code dispatch}, {@code wake}, {@code news} and {@code summarise}. */
class DutyRoutesTest {

    private final Backlog backlog = new Backlog();

    private final Queue queue = new Queue();

    private final RunningTasks running = new RunningTasks(new MemoryTasks(Samples.policy()));

    private final Schedules schedules = new Schedules();

    private final Inbox inbox = new Inbox();

    private final Heart heart = new Heart();

    private final Watch watch = new Watch();

    @Test
    void dispatch_wakes_the_queue_only_when_something_was_moved_into_it() {
        try (RouteBench bench = duties()) {
            this.backlog.waiting = 3;
            bench.producer().sendBody("direct:dispatch", "");
            this.backlog.waiting = 0;
            bench.producer().sendBody("direct:dispatch", "");
            assertThat(this.queue.woken).hasValue(1);

            this.backlog.waiting = 3;
            this.running.takeNoMore();
            bench.producer().sendBody("direct:dispatch", "");
        }

        assertThat(this.queue.woken).as("a node that goes down moves nothing").hasValue(1);
    }

    @Test
    void what_a_duty_has_started_is_discovered_at_once() {
        try (RouteBench bench = duties()) {
            bench.producer().sendBody("direct:start-by-schedule", "");
            bench.producer().sendBody("direct:start-by-events", "");
            assertThat(this.queue.woken).hasValue(0);

            this.schedules.due = 1;
            bench.producer().sendBody("direct:start-by-schedule", "");
            assertThat(this.queue.woken).hasValue(1);

            this.inbox.gathered = 2;
            bench.producer().sendBody("direct:start-by-events", "");
            assertThat(this.queue.woken).hasValue(2);
        }
    }

    @Test
    void the_database_is_said_to_answer_only_after_a_beat_that_has_reached_it() {
        try (RouteBench bench = duties()) {
            this.heart.stopped = true;
            assertThatException().isThrownBy(() -> bench.producer().sendBody("direct:beat", ""));
            assertThat(this.watch.answered).hasValue(0);

            this.heart.stopped = false;
            bench.producer().sendBody("direct:beat", "");
            assertThat(this.watch.answered).hasValue(1);
        }
    }

    private RouteBench duties() {
        return RouteBench.with(
                Map.of("tasks", this.backlog, "jobs", this.queue, "runningTasks", this.running, "schedules",
                        this.schedules, "eventInbox", this.inbox, "cluster", this.heart, "databaseWatch", this.watch),
                new DutyRoutes());
    }

    @Test
    void news_of_many_tasks_become_few_summaries() {
        Summarised summaries = new Summarised();
        try (RouteBench bench = RouteBench.with(Map.of("summaries", summaries), new SummariseRoute())) {
            for (int i = 0; i < 2000; i++) {
                bench.producer().sendBodyAndProperty("direct:news", (long) (i % 2), SummariseRoute.TASK_ENDED, true);
            }
            Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(summaries.refreshed).hasSize(2000));
        }

        assertThat(summaries.refreshed).containsOnly(0L, 1L);
        assertThat(summaries.causes.size()).isLessThan(1000);
    }

    @Test
    void the_end_of_a_task_is_summarised_at_once_where_none_has_been_for_a_moment() {
        Summarised summaries = new Summarised();
        try (RouteBench bench = RouteBench.with(Map.of("summaries", summaries), new SummariseRoute())) {
            bench.producer().sendBodyAndProperty("direct:news", 3L, SummariseRoute.TASK_ENDED, true);
            Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(summaries.refreshed).containsExactly(3L));
        }

        assertThat(summaries.causes).containsExactly("predicate");
    }

    @Test
    void other_news_waits_for_more() {
        Summarised summaries = new Summarised();
        try (RouteBench bench = RouteBench.with(Map.of("summaries", summaries), new SummariseRoute())) {
            bench.producer().sendBody("direct:news", 3L);
            Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(summaries.refreshed).containsExactly(3L));
        }

        assertThat(summaries.causes).containsExactly("interval");
    }

    @Test
    void summarise_takes_a_list_of_ids() {
        Summarised summaries = new Summarised();
        try (RouteBench bench = RouteBench.with(Map.of("summaries", summaries), new SummariseRoute())) {
            bench.producer().sendBody("direct:summarise", List.of(3L, 4L));
        }

        assertThat(summaries.refreshed).containsExactly(3L, 4L);
    }

    /** Keeps what it was asked for, and what ended the gathering of it. */
    public static final class Summarised {

        private final Collection<Long> refreshed = new ConcurrentLinkedQueue<>();

        private final Collection<String> causes = new ConcurrentLinkedQueue<>();

        public void refresh(@ExchangeProperty(Exchange.AGGREGATED_COMPLETED_BY) String cause,
                @Body Collection<Long> executionIds) {
            this.causes.add(String.valueOf(cause));
            this.refreshed.addAll(executionIds);
        }

    }

    /** Says how many tasks it has moved. */
    public static final class Backlog {

        private volatile int waiting;

        public int dispatch() {
            return this.waiting;
        }

    }

    /** Counts how often it was woken. */
    public static final class Queue {

        private final AtomicInteger woken = new AtomicInteger();

        public void wake() {
            this.woken.incrementAndGet();
        }

    }

    /** Says how many policies were due. */
    public static final class Schedules {

        private volatile int due;

        public int fireDue() {
            return this.due;
        }

    }

    /** Says how many executions were started by events. */
    public static final class Inbox {

        private volatile int gathered;

        public int gather() {
            return this.gathered;
        }

    }

    /** Beats, or reaches no database. */
    public static final class Heart {

        private volatile boolean stopped;

        public void beat() {
            if (this.stopped) {
                throw new IllegalStateException("no database");
            }
        }

    }

    /** Counts the beats that have arrived. */
    public static final class Watch {

        private final AtomicInteger answered = new AtomicInteger();

        public void answers() {
            this.answered.incrementAndGet();
        }

    }

}
