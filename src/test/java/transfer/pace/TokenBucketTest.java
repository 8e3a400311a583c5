package transfer.pace;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TokenBucketTest {

    private static final long SECOND = 1_000_000_000;

    private final AtomicLong now = new AtomicLong(7);

    private final TokenBucket bucket = new TokenBucket(this.now::get);

    private void pass(Duration time) {
        this.now.addAndGet(time.toNanos());
    }

    @Test
    void without_a_rate_it_grants_all_at_once() {
        assertThat(this.bucket.until(this.bucket.ask(Long.MAX_VALUE / 4))).isZero();
    }

    @Test
    void it_grants_in_the_order_of_asking_and_no_faster_than_its_rate() {
        this.bucket.rate(1000);
        long first = this.bucket.ask(500);
        long second = this.bucket.ask(2000);
        long third = this.bucket.ask(1);
        assertThat(this.bucket.until(first)).isEqualTo(SECOND / 2);
        assertThat(this.bucket.until(second)).isEqualTo(SECOND * 5 / 2);
        assertThat(this.bucket.until(third)).isEqualTo(2_501_000_000L);
        pass(Duration.ofMillis(500));
        assertThat(this.bucket.until(first)).isZero();
        for (int i = 0; i < 4; i++) {
            assertThat(this.bucket.until(second)).isPositive();
            pass(Duration.ofMillis(500));
        }
        assertThat(this.bucket.until(second)).isZero();
        assertThat(this.bucket.until(third)).isPositive();
    }

    @Test
    void what_was_not_asked_for_is_kept_for_a_second_at_most() {
        this.bucket.rate(1000);
        for (int i = 0; i < 10; i++) {
            pass(Duration.ofSeconds(1));
        }
        assertThat(this.bucket.until(this.bucket.ask(1000))).isZero();
        assertThat(this.bucket.until(this.bucket.ask(1000))).isEqualTo(SECOND);
    }

    @Test
    void a_process_that_stood_still_makes_up_for_a_second_of_it() {
        this.bucket.rate(1000);
        long turn = this.bucket.ask(5000);
        pass(Duration.ofMinutes(5));
        assertThat(this.bucket.until(turn)).isEqualTo(4 * SECOND);
    }

    @Test
    void a_new_rate_holds_for_those_who_wait() {
        this.bucket.rate(1000);
        long turn = this.bucket.ask(10_000);
        pass(Duration.ofSeconds(1));
        assertThat(this.bucket.until(turn)).isEqualTo(9 * SECOND);
        this.bucket.rate(9000);
        assertThat(this.bucket.until(turn)).isEqualTo(SECOND);
        this.bucket.rate(0);
        assertThat(this.bucket.until(turn)).isZero();
        this.bucket.rate(1000);
        assertThat(this.bucket.until(turn)).isZero();
        assertThat(this.bucket.until(this.bucket.ask(1000))).isEqualTo(SECOND);
    }

    @Test
    void a_lower_rate_keeps_no_more_than_its_own_second() {
        this.bucket.rate(100_000);
        pass(Duration.ofSeconds(1));
        this.bucket.rate(1000);
        assertThat(this.bucket.until(this.bucket.ask(2000))).isEqualTo(SECOND);
    }

    @Test
    void who_leaves_makes_room_for_those_behind() {
        this.bucket.rate(1000);
        this.bucket.ask(5000);
        long behind = this.bucket.ask(1000);
        this.bucket.giveBack(5000);
        assertThat(this.bucket.until(behind)).isEqualTo(SECOND);
    }

}
