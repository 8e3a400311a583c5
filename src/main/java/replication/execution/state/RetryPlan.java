package replication.execution.state;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Decides when a task that failed for a passing cause is tried again. Each pause is three
 * times as long as the one before and varies by a quarter, so that many tasks do not come
 * back at once.
 *
 * @param retries the number of retries, at least 0
 * @param first the first pause
 * @param most the longest pause
 */
public record RetryPlan(int retries, Duration first, Duration most) {

    private static final int GROWTH = 3;

    private static final Duration LONGEST_ASKED = Duration.ofDays(1);

    public RetryPlan {
        if (retries < 0) {
            throw new IllegalArgumentException("retries must be at least 0, but are " + retries);
        }
        if (first.isNegative() || most.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "the first pause must not be longer than the longest, but they are " + first + " and " + most);
        }
    }

    /**
     * The pause after a number of failures.
     * @param failures at least 1
     * @return empty after the last retry
     */
    public Optional<Duration> after(int failures, RandomGenerator random) {
        if (failures > this.retries) {
            return Optional.empty();
        }
        double grown = this.first.toMillis() * Math.pow(GROWTH, failures - 1.0);
        double pause = Math.min(grown, (double) this.most.toMillis());
        return Optional.of(Duration.ofMillis(Math.round(pause * random.nextDouble(0.75, 1.25))));
    }

    /**
     * The pause if a registry asks to wait: the time that it asks for and then the usual
     * pause, so that not all tasks come back at once.
     * @param asked the registry's wish, of which at most a day is granted
     */
    public Optional<Duration> after(int failures, Duration asked, RandomGenerator random) {
        Duration believed = (asked.compareTo(LONGEST_ASKED) < 0) ? asked : LONGEST_ASKED;
        return after(failures, random).map(believed::plus);
    }

}
