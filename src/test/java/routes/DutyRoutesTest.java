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
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import replication.execution.RunningTasks;
import replication.execution.Summaries;

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
        Collection<Long> refreshed = new ConcurrentLinkedQueue<>();
        AtomicInteger calls = new AtomicInteger();
        Summaries summaries = new Summaries() {
            @Override
            public void refresh(Collection<Long> executionIds) {
                calls.incrementAndGet();
                refreshed.addAll(executionIds);
            }

            @Override
            public void sweep() {
                throw new IllegalStateException("not asked for");
            }
        };
        try (RouteBench bench = RouteBench.with(Map.of("summaries", summaries), new SummariseRoute())) {
            for (int i = 0; i < 2000; i++) {
                bench.producer().sendBody("direct:news", (long) (i % 2));
            }
            Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(refreshed).hasSize(2000));
        }

        assertThat(refreshed).containsOnly(0L, 1L);
        assertThat(calls.get()).isLessThan(1000);
    }

    @Test
    void summarise_takes_a_list_of_ids() {
        AtomicInteger sum = new AtomicInteger();
        Summaries summaries = new Summaries() {
            @Override
            public void refresh(Collection<Long> executionIds) {
                executionIds.forEach((id) -> sum.addAndGet(id.intValue()));
            }

            @Override
            public void sweep() {
                throw new IllegalStateException("not asked for");
            }
        };
        try (RouteBench bench = RouteBench.with(Map.of("summaries", summaries), new SummariseRoute())) {
            bench.producer().sendBody("direct:summarise", List.of(3L, 4L));
        }

        assertThat(sum).hasValue(7);
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
