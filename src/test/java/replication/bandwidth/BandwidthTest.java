package replication.bandwidth;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class BandwidthTest {

    private static final long PLAIN = 10_000;

    private static final long LESS = 2_000;

    private static final List<DayOfWeek> EVERY_DAY = List.of(DayOfWeek.values());

    private static Window window(List<DayOfWeek> days, String from, String to, String zone, long rate) {
        return new Window(days, LocalTime.parse(from), LocalTime.parse(to), ZoneId.of(zone), rate);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                    # A day's window has its first minute and not its last; 24 November 2026 is a Tuesday.
                    TUESDAY        | 08:00 | 18:00 | UTC           | 2026-11-24T08:00:00Z 2026-11-24T17:59:59Z | 2026-11-24T07:59:59Z 2026-11-24T18:00:00Z 2026-11-23T12:00:00Z
                    MONDAY,TUESDAY | 08:00 | 18:00 | Europe/Berlin | 2026-11-23T07:00:00Z 2026-11-24T16:59:00Z | 2026-11-24T17:00:00Z 2026-11-25T12:00:00Z
                    # Over midnight it belongs to the day on which it begins.
                    FRIDAY         | 22:00 | 06:00 | UTC           | 2026-11-27T22:00:00Z 2026-11-28T05:59:00Z | 2026-11-27T05:00:00Z 2026-11-28T06:00:00Z 2026-11-28T22:00:00Z
                    SUNDAY         | 20:00 | 00:00 | UTC           | 2026-11-29T23:59:59Z                      | 2026-11-30T00:00:00Z 2026-11-29T00:00:00Z
                    # Equal ends are a day.
                    SUNDAY         | 06:00 | 06:00 | UTC           | 2026-11-29T06:00:00Z 2026-11-30T05:59:00Z | 2026-11-29T05:59:00Z 2026-11-30T06:00:00Z
                    # The same time on the wall, whatever the season.
                    SUNDAY         | 08:00 | 09:00 | Europe/Berlin | 2026-03-29T06:30:00Z 2026-03-22T07:30:00Z | 2026-03-29T07:30:00Z 2026-03-22T06:30:00Z
                    # An hour that does not exist has no window,
                    SUNDAY         | 02:00 | 03:00 | Europe/Berlin | 2026-04-05T00:30:00Z                      | 2026-03-29T00:59:59Z 2026-03-29T01:00:00Z
                    # one that begins before it ends with it,
                    SUNDAY         | 01:30 | 02:30 | Europe/Berlin | 2026-03-29T00:59:59Z                      | 2026-03-29T01:00:00Z 2026-03-29T01:30:00Z
                    # and an hour that comes twice has it twice.
                    SUNDAY         | 02:00 | 03:00 | Europe/Berlin | 2026-10-25T00:30:00Z 2026-10-25T01:30:00Z | 2026-10-25T02:00:00Z 2026-10-24T23:59:59Z
                    SATURDAY       | 23:00 | 04:00 | Europe/Berlin | 2026-10-25T02:59:00Z                      | 2026-10-25T03:00:00Z
                    """)
    void a_window_is_open_by_the_clocks_of_its_zone(String days, String from, String to, String zone, String open,
            String closed) {
        List<DayOfWeek> read = Arrays.stream(days.split(",", -1)).map(DayOfWeek::valueOf).toList();
        Bandwidth bandwidth = new Bandwidth(PLAIN, List.of(window(read, from, to, zone, LESS)));
        for (String time : open.split(" ", -1)) {
            assertThat(bandwidth.at(Instant.parse(time))).as(time).isEqualTo(LESS);
        }
        for (String time : closed.split(" ", -1)) {
            assertThat(bandwidth.at(Instant.parse(time))).as(time).isEqualTo(PLAIN);
        }
    }

    @Test
    void of_windows_that_are_open_the_lowest_holds_and_none_at_all_is_no_limit() {
        Window night = window(EVERY_DAY, "22:00", "06:00", "UTC", 0);
        Window backup = window(EVERY_DAY, "01:00", "02:00", "UTC", LESS);
        Bandwidth bandwidth = new Bandwidth(PLAIN, List.of(night, backup));
        assertThat(bandwidth.at(Instant.parse("2026-11-24T12:00:00Z"))).isEqualTo(PLAIN);
        assertThat(bandwidth.at(Instant.parse("2026-11-24T23:00:00Z"))).isZero();
        assertThat(bandwidth.at(Instant.parse("2026-11-24T01:30:00Z"))).isEqualTo(LESS);
    }

    @Test
    void a_node_s_share_never_adds_up_to_more_and_is_never_nothing() {
        Instant now = Instant.EPOCH;
        assertThat(new Limit(new Limited.Everything(), new Bandwidth(PLAIN, List.of()), 3).share(now)).isEqualTo(3333);
        assertThat(new Limit(new Limited.Everything(), new Bandwidth(1024, List.of()), 5000).share(now)).isEqualTo(1);
        assertThat(new Limit(new Limited.Everything(), Bandwidth.UNLIMITED, 3).share(now)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = { -1, 1, 1023, Bandwidth.MOST + 1 })
    void what_makes_no_sense_is_refused(long rate) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Bandwidth(rate, List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> window(EVERY_DAY, "01:00", "02:00", "UTC", rate));
    }

}
