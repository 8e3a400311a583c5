package oci.limits;

import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AdaptiveConcurrencyTest {

    private static final long MILLI = 1_000_000;

    private static final int LIMIT = 32;

    private final AtomicLong now = new AtomicLong(7);

    private final AdaptiveConcurrency pace = new AdaptiveConcurrency(this.now::get);

    /** A round trip of as many requests as the pace allows. */
    private void round(long millis, boolean wanted) {
        this.now.addAndGet(millis * MILLI);
        int requests = (int) (this.pace.factor() * LIMIT);
        for (int i = 0; i < requests; i++) {
            this.pace.answered("HEAD", millis * MILLI, requests, wanted);
        }
    }

    private void rounds(int number, long millis) {
        for (int i = 0; i < number; i++) {
            round(millis, true);
        }
    }

    @Test
    void it_doubles_each_round_trip_up_to_a_bound() {
        round(50, true);
        assertThat(this.pace.factor()).isBetween(1.9, 3.0);
        rounds(5, 50);
        assertThat(this.pace.factor()).isEqualTo(AdaptiveConcurrency.MOST);
    }

    @Test
    void it_stays_where_nobody_waits() {
        round(50, false);
        assertThat(this.pace.factor()).isEqualTo(1);
    }

    @Test
    void it_stays_where_answers_come_later_for_it() {
        round(1, false);
        rounds(20, 30);
        assertThat(this.pace.factor()).isEqualTo(1);
    }

    @Test
    void what_it_has_grown_goes_by_and_by_where_answers_come_late() {
        rounds(6, 20);
        rounds(1, 200);
        assertThat(this.pace.factor()).isLessThan(AdaptiveConcurrency.MOST);
        rounds(40, 200);
        assertThat(this.pace.factor()).isEqualTo(1);
    }

    @Test
    void an_objection_halves_it_once_for_all_that_was_on_its_way() {
        this.now.addAndGet(50 * MILLI);
        for (int i = 0; i < LIMIT; i++) {
            this.pace.objected(50 * MILLI);
        }
        assertThat(this.pace.factor()).isEqualTo(0.5);
        this.now.addAndGet(60 * MILLI);
        this.pace.objected(50 * MILLI);
        assertThat(this.pace.factor()).isEqualTo(0.25);
    }

    @Test
    void after_an_objection_it_grows_by_a_permit_each_round_trip() {
        this.now.addAndGet(50 * MILLI);
        this.pace.objected(50 * MILLI);
        rounds(4, 50);
        assertThat(this.pace.factor() * LIMIT).isBetween(19.0, 21.0);
    }

    @Test
    void a_host_that_objects_for_ever_is_still_asked() {
        for (int i = 0; i < 100; i++) {
            this.now.addAndGet(50 * MILLI);
            this.pace.objected(50 * MILLI);
        }
        assertThat(LimitSizes.DEFAULTS.times(this.pace.factor())).isEqualTo(new LimitSizes(1, 1, 1));
    }

    @Test
    void a_broken_line_takes_back_what_was_beyond_the_limits_and_no_more() {
        rounds(6, 50);
        for (int i = 0; i < 10; i++) {
            this.now.addAndGet(50 * MILLI);
            this.pace.broke(50 * MILLI);
        }
        assertThat(this.pace.factor()).isEqualTo(1);
    }

}
