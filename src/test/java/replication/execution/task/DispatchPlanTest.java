package replication.execution.task;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import replication.execution.task.DispatchPlan.Backlog;
import replication.execution.task.DispatchPlan.Candidate;
import replication.execution.task.DispatchPlan.Place;
import replication.execution.task.DispatchPlan.Share;
import replication.execution.task.DispatchPlan.Work;

import static org.assertj.core.api.Assertions.assertThat;

class DispatchPlanTest {

    private static Share share(long policy, int cap) {
        return new Share(policy, cap, Map.of(1L, 0, 2L, 0));
    }

    private static Backlog backlog(long execution, int priority, Share share) {
        return new Backlog(execution, priority, share, "b");
    }

    /** Ten tasks of an execution, each for a repository of its own. */
    private static List<Candidate> ten(Backlog backlog) {
        return IntStream.rangeClosed(1, 10)
            .mapToObj((id) -> new Candidate(new TaskKey(backlog.executionId(), id), backlog.priority(),
                    new Place("b", backlog.executionId() + "/" + id)))
            .toList();
    }

    private static List<String> choose(int limit, List<Work> inWork, Backlog... backlogs) {
        return new DispatchPlan(limit, inWork).choose(List.of(backlogs), DispatchPlanTest::ten)
            .stream()
            .map((candidate) -> candidate.key().toString())
            .toList();
    }

    private static Work work(Share share, String repository) {
        return new Work(share, new Place("b", repository));
    }

    @Test
    void equals_take_turns_whatever_the_length_of_their_backlogs() {
        assertThat(choose(5, List.of(), backlog(10, 0, share(1, 0)), backlog(20, 0, share(2, 0))))
            .containsExactly("10/1", "20/1", "10/2", "20/2", "10/3");
    }

    @Test
    void who_has_more_in_work_waits_until_the_others_have_as_much() {
        List<Work> inWork = List.of(work(share(1, 0), "x"), work(share(1, 0), "y"));
        assertThat(choose(5, inWork, backlog(10, 0, share(1, 0)), backlog(20, 0, share(2, 0)))).containsExactly("20/1",
                "20/2", "10/1");
    }

    @Test
    void a_policy_with_two_executions_has_one_share_and_the_older_goes_first() {
        assertThat(choose(4, List.of(), backlog(10, 0, share(1, 0)), backlog(11, 0, share(1, 0)),
                backlog(20, 0, share(2, 0))))
            .containsExactly("10/1", "20/1", "10/2", "20/2");
    }

    @Test
    void a_higher_priority_goes_first() {
        assertThat(choose(3, List.of(), backlog(10, 0, share(1, 0)), backlog(20, 5, share(2, 0))))
            .containsExactly("20/1", "20/2", "20/3");
    }

    @Test
    void a_policy_s_cap_counts_what_is_in_work_already() {
        assertThat(choose(9, List.of(work(share(1, 2), "x")), backlog(10, 9, share(1, 2)), backlog(20, 0, share(2, 3))))
            .containsExactly("10/1", "20/1", "20/2", "20/3");
    }

    @Test
    void a_registry_s_cap_holds_for_all_that_read_from_it_or_write_to_it() {
        Share reads = new Share(1, 0, Map.of(7L, 3, 8L, 0));
        Share writes = new Share(2, 0, Map.of(9L, 0, 7L, 3));
        assertThat(choose(9, List.of(work(reads, "x")), backlog(10, 0, reads), backlog(20, 0, writes)))
            .containsExactly("20/1", "10/1");
    }

    @Test
    void one_destination_repository_has_one_writer() {
        Backlog first = backlog(10, 0, share(1, 0));
        Backlog second = backlog(20, 0, share(2, 0));
        List<Candidate> chosen = new DispatchPlan(9, List.of(work(share(3, 0), "taken"))).choose(List.of(first, second),
                (backlog) -> List.of(new Candidate(new TaskKey(backlog.executionId(), 1), 0, new Place("b", "taken")),
                        new Candidate(new TaskKey(backlog.executionId(), 2), 0, new Place("b", "both")),
                        new Candidate(new TaskKey(backlog.executionId(), 3), 0, new Place("c", "both"))));
        assertThat(chosen).extracting((candidate) -> candidate.key().toString()).containsExactly("10/2", "20/3");
    }

    @Test
    void a_full_queue_takes_nothing_and_asks_for_nothing() {
        DispatchPlan plan = new DispatchPlan(1, List.of(work(share(1, 0), "x"), work(share(1, 0), "y")));
        assertThat(plan.room()).isZero();
        assertThat(plan.choose(List.of(backlog(10, 0, share(1, 0))), (_) -> {
            throw new AssertionError("the backlog was read");
        })).isEmpty();
    }

    @Test
    void a_backlog_whose_turn_does_not_come_is_not_read() {
        List<Candidate> chosen = new DispatchPlan(1, List.of())
            .choose(List.of(backlog(10, 1, share(1, 0)), backlog(20, 0, share(2, 0))), (backlog) -> {
                assertThat(backlog.executionId()).isEqualTo(10);
                return ten(backlog);
            });
        assertThat(chosen).hasSize(1);
    }

}
