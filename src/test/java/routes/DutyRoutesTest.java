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

/** The routes {@code dispatch}, {@code wake}, {@code news} and {@code summarise}. */
class DutyRoutesTest {

    @Test
    void dispatch_wakes_the_queue_only_when_something_was_moved_into_it() {
        Backlog backlog = new Backlog();
        Queue queue = new Queue();
        RunningTasks running = new RunningTasks(new MemoryTasks(Samples.policy()));
        try (RouteBench bench = RouteBench.with(Map.of("tasks", backlog, "jobs", queue, "runningTasks", running),
                new DispatchRoute())) {
            backlog.waiting = 3;
            bench.producer().sendBody("direct:dispatch", "");
            backlog.waiting = 0;
            bench.producer().sendBody("direct:dispatch", "");
            assertThat(queue.woken).hasValue(1);

            backlog.waiting = 3;
            running.takeNoMore();
            bench.producer().sendBody("direct:dispatch", "");
        }

        assertThat(queue.woken).as("a node that goes down moves nothing").hasValue(1);
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

}
