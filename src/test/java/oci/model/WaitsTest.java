package oci.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What is waited for is shown while it lasts; lines about it are bounded. */
class WaitsTest {

    private final List<String> log = new ArrayList<>();

    private long now = Long.MAX_VALUE - 10_000_000_000L;

    private final Waits waits = new Waits(this.log::add, () -> this.now);

    private void pass(Duration time) {
        this.now += time.toNanos();
    }

    @Test
    void the_longest_wait_is_shown_until_it_ends() {
        assertThat(this.waits.longest()).isEmpty();
        Waits.Wait first = this.waits.begin("waits for a.example", Duration.ZERO);
        pass(Duration.ofSeconds(9));
        Waits.Wait second = this.waits.begin("waits for b.example", Duration.ZERO);
        Waits.Wait late = this.waits.begin("waits for its turn", Duration.ofSeconds(10));
        pass(Duration.ofSeconds(5));
        assertThat(this.waits.longest()).isEqualTo("waits for a.example");
        first.close();
        assertThat(this.waits.longest()).isEqualTo("waits for b.example");
        second.close();
        assertThat(this.waits.longest()).as("not yet of interest").isEmpty();
        pass(Duration.ofSeconds(5));
        assertThat(this.waits.longest()).isEqualTo("waits for its turn");
        late.close();
        assertThat(this.waits.longest()).isEmpty();
    }

    @Test
    void so_many_lines_a_minute_are_written_and_the_others_counted() {
        for (int i = 0; i < 10_000; i++) {
            this.waits.again("line " + i);
        }
        assertThat(this.log).hasSize(60).contains("line 0", "line 59");
        pass(Duration.ofSeconds(61));
        this.waits.again("the next");
        assertThat(this.log).hasSize(62)
            .endsWith("9940 more requests were tried again, too many to be told one by one", "the next");
        this.waits.end();
        assertThat(this.log).hasSize(62);
        for (int i = 0; i < 61; i++) {
            this.waits.again("line " + i);
        }
        this.waits.end();
        assertThat(this.log).last().asString().startsWith("1 more requests");
    }

    @ParameterizedTest
    @CsvSource({ "8000,in 8 s", "7900,in 8 s", "1000,in 1 s", "900,in 0.9 s", "901,in 1 s", "150,in 0.2 s", "0,at once",
            "61000,in 61 s" })
    void a_line_says_when_and_how_often(long millis, String when) {
        assertThat(Waits.retry("push blob: 503", Duration.ofMillis(millis), 3, 6))
            .isEqualTo("push blob: 503; again " + when + ", 3 of 6");
    }

    @Test
    void a_part_of_the_work_tells_its_waits_with_the_whole_and_stops_by_itself() {
        StopSignal whole = new StopSignal();
        whole.tellWaits(this.waits);
        StopSignal part = whole.apart();
        part.waits().again("line");
        part.stop();
        assertThat(this.log).containsExactly("line");
        assertThat(whole.stopped()).isFalse();
    }

}
