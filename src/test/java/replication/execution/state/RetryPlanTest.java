package replication.execution.state;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RetryPlanTest {

    private static final RetryPlan PLAN = new RetryPlan(4, Duration.ofSeconds(10), Duration.ofSeconds(100));

    @Test
    void pauses_grow_by_three_up_to_the_longest_and_vary_by_a_quarter() {
        Random random = new Random(7);
        int[] middle = { 10, 30, 90, 100 };
        for (int failures = 1; failures <= 4; failures++) {
            int number = failures;
            long expected = middle[failures - 1] * 1000L;
            assertThat(IntStream.range(0, 200).mapToObj((_) -> PLAN.after(number, random).orElseThrow().toMillis()))
                .allSatisfy((pause) -> assertThat(pause).isBetween(expected * 3 / 4, expected * 5 / 4))
                .anySatisfy((pause) -> assertThat(pause).isLessThan(expected * 9 / 10))
                .anySatisfy((pause) -> assertThat(pause).isGreaterThan(expected * 11 / 10));
        }
    }

    @Test
    void nothing_comes_back_before_the_registry_wants_it_to() {
        assertThat(PLAN.after(1, Duration.ofMinutes(20), new Random()).orElseThrow())
            .isBetween(Duration.ofMinutes(20).plusSeconds(7), Duration.ofMinutes(20).plusSeconds(13));
        assertThat(PLAN.after(1, Duration.ofDays(9000), new Random()).orElseThrow()).isLessThan(Duration.ofHours(25));
        assertThat(PLAN.after(5, Duration.ofMinutes(20), new Random())).isEmpty();
    }

    @Test
    void after_the_last_one_it_is_given_up() {
        assertThat(PLAN.after(5, new Random())).isEmpty();
        assertThat(new RetryPlan(0, Duration.ZERO, Duration.ZERO).after(1, new Random())).isEmpty();
    }

    @Test
    void nonsense_is_refused() {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> new RetryPlan(-1, Duration.ofSeconds(1), Duration.ofSeconds(1)));
        assertThatIllegalArgumentException()
            .isThrownBy(() -> new RetryPlan(1, Duration.ofSeconds(2), Duration.ofSeconds(1)));
    }

}
