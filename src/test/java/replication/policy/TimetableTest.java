package replication.policy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TimetableTest {

    private static Timetable timetable(String cron, String zone) {
        return new Timetable(new Cron(cron), ZoneId.of(zone), Timetable.Misfire.FIRE_ONCE, Duration.ZERO);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                    # Fixed times: a time that does not exist comes as soon as there is one again,
                    0 30 2 * * *  | Europe/Berlin       | 2026-03-28T12:00:00Z | 2026-03-29T01:00:00Z 2026-03-30T00:30:00Z
                    30 2 * * *    | America/New_York    | 2026-03-07T12:00:00Z | 2026-03-08T07:00:00Z 2026-03-09T06:30:00Z
                    15 2 * * *    | Australia/Lord_Howe | 2026-10-02T20:00:00Z | 2026-10-03T15:30:00Z 2026-10-04T15:15:00Z
                    # all of them at once,
                    */20 2 * * *  | Europe/Berlin       | 2026-03-28T12:00:00Z | 2026-03-29T01:00:00Z 2026-03-30T00:00:00Z
                    # and one that comes twice the first time only.
                    0 30 2 * * *  | Europe/Berlin       | 2026-10-24T12:00:00Z | 2026-10-25T00:30:00Z 2026-10-26T01:30:00Z
                    30 1 * * *    | America/New_York    | 2026-10-31T12:00:00Z | 2026-11-01T05:30:00Z 2026-11-02T06:30:00Z
                    45 1 * * *    | Australia/Lord_Howe | 2026-04-03T20:00:00Z | 2026-04-04T14:45:00Z 2026-04-05T15:15:00Z
                    # From the middle of the hour that comes twice.
                    30 2 * * *    | Europe/Berlin       | 2026-10-25T01:10:00Z | 2026-10-26T01:30:00Z
                    # So it is with every few hours.
                    0 */2 * * *   | Europe/Berlin       | 2026-03-28T22:30:00Z | 2026-03-28T23:00:00Z 2026-03-29T01:00:00Z 2026-03-29T02:00:00Z
                    0 */2 * * *   | Europe/Berlin       | 2026-10-24T21:30:00Z | 2026-10-24T22:00:00Z 2026-10-25T00:00:00Z 2026-10-25T03:00:00Z
                    0 */2 * * *   | America/New_York    | 2026-03-08T04:30:00Z | 2026-03-08T05:00:00Z 2026-03-08T07:00:00Z 2026-03-08T08:00:00Z
                    30 1-23/2 * * * | America/New_York  | 2026-11-01T04:30:00Z | 2026-11-01T05:30:00Z 2026-11-01T08:30:00Z
                    0 */2 * * *   | Australia/Lord_Howe | 2026-10-03T13:00:00Z | 2026-10-03T13:30:00Z 2026-10-03T15:30:00Z 2026-10-03T17:00:00Z
                    45 1-23/2 * * * | Australia/Lord_Howe | 2026-04-04T14:00:00Z | 2026-04-04T14:45:00Z 2026-04-04T17:15:00Z
                    */15 2 * * *  | Europe/Berlin       | 2026-10-25T00:20:00Z | 2026-10-25T00:30:00Z 2026-10-25T00:45:00Z 2026-10-26T01:00:00Z
                    # What comes every hour comes by elapsed time: no quarter is lost or doubled.
                    */15 * * * *  | Australia/Lord_Howe | 2026-10-03T15:15:00Z | 2026-10-03T15:30:00Z 2026-10-03T15:45:00Z 2026-10-03T16:00:00Z
                    */15 * * * *  | Australia/Lord_Howe | 2026-10-03T14:50:00Z | 2026-10-03T15:00:00Z 2026-10-03T15:15:00Z 2026-10-03T15:30:00Z
                    */15 * * * *  | Australia/Lord_Howe | 2026-04-04T14:45:00Z | 2026-04-04T15:00:00Z 2026-04-04T15:15:00Z 2026-04-04T15:30:00Z
                    */15 * * * *  | Europe/Berlin       | 2026-03-29T00:45:00Z | 2026-03-29T01:00:00Z 2026-03-29T01:15:00Z
                    */15 * * * *  | Europe/Berlin       | 2026-10-25T00:45:00Z | 2026-10-25T01:00:00Z 2026-10-25T01:15:00Z
                    */15 * * * *  | America/New_York    | 2026-03-08T06:45:00Z | 2026-03-08T07:00:00Z 2026-03-08T07:15:00Z
                    */15 */1 * * * | America/New_York   | 2026-11-01T05:45:00Z | 2026-11-01T06:00:00Z 2026-11-01T06:15:00Z
                    30 * * * *    | America/New_York    | 2026-11-01T05:00:00Z | 2026-11-01T05:30:00Z 2026-11-01T06:30:00Z 2026-11-01T07:30:00Z
                    45 * * * *    | Australia/Lord_Howe | 2026-04-04T14:00:00Z | 2026-04-04T14:45:00Z 2026-04-04T15:15:00Z 2026-04-04T16:15:00Z
                    15 * * * *    | Australia/Lord_Howe | 2026-10-03T14:00:00Z | 2026-10-03T14:45:00Z 2026-10-03T16:15:00Z
                    30 */15 * * * * | Australia/Lord_Howe | 2026-04-04T14:59:59Z | 2026-04-04T15:00:30Z 2026-04-04T15:15:30Z
                    # Over many changes.
                    0 * 29 2 *    | Europe/Berlin       | 2026-11-23T00:00:00Z | 2028-02-28T23:00:00Z 2028-02-29T00:00:00Z
                    0 0 * * * *   | Europe/Berlin       | 2026-10-24T23:30:00Z | 2026-10-25T00:00:00Z 2026-10-25T01:00:00Z 2026-10-25T02:00:00Z
                    @hourly       | Europe/Berlin       | 2026-03-28T23:30:00Z | 2026-03-29T00:00:00Z 2026-03-29T01:00:00Z 2026-03-29T02:00:00Z
                    */30 * * * *  | America/New_York    | 2026-11-01T05:15:00Z | 2026-11-01T05:30:00Z 2026-11-01T06:00:00Z 2026-11-01T06:30:00Z
                    # Sunday is 0 and 7; both days restricted: either.
                    0 0 * * 0     | UTC                 | 2026-11-23T00:00:00Z | 2026-11-29T00:00:00Z
                    0 0 * * 7     | UTC                 | 2026-11-23T00:00:00Z | 2026-11-29T00:00:00Z
                    0 0 0 * * SUN | UTC                 | 2026-11-23T00:00:00Z | 2026-11-29T00:00:00Z
                    0 0 0 ? * 1   | UTC                 | 2026-11-24T00:00:00Z | 2026-11-30T00:00:00Z
                    0 0 1 * 3     | UTC                 | 2026-11-23T00:00:00Z | 2026-11-25T00:00:00Z 2026-12-01T00:00:00Z 2026-12-02T00:00:00Z
                    # Others of Harbor's users, and the names for them.
                    0 0 2 * * *   | UTC                 | 2026-11-23T03:00:00Z | 2026-11-24T02:00:00Z
                    0 0 */4 * * * | UTC                 | 2026-11-23T03:00:00Z | 2026-11-23T04:00:00Z 2026-11-23T08:00:00Z
                    10 5 0 1 1 *  | UTC                 | 2026-11-23T03:00:00Z | 2027-01-01T00:05:10Z
                    0 0 29 2 *    | UTC                 | 2026-11-23T03:00:00Z | 2028-02-29T00:00:00Z
                    @daily        | Asia/Kolkata        | 2026-11-23T03:00:00Z | 2026-11-23T18:30:00Z
                    @weekly       | UTC                 | 2026-11-23T03:00:00Z | 2026-11-29T00:00:00Z
                    @monthly      | UTC                 | 2026-11-23T03:00:00Z | 2026-12-01T00:00:00Z
                    """)
    void comes_when_it_ought_to(String cron, String zone, Instant after, String expected) {
        assertThat(timetable(cron, zone).next(after, expected.split(" ").length))
            .containsExactlyElementsOf(Arrays.stream(expected.split(" ")).map(Instant::parse).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "* * *", "* * * * * * *", "61 * * * *", "0 0 31 2 *", "@never", "x * * * *",
            "0 0 * * 8", "@every 1h" })
    void nonsense_and_what_never_comes_is_refused(String cron) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Cron(cron));
    }

    @Test
    void a_spread_puts_a_time_off_by_less_than_itself() {
        Timetable spread = new Timetable(new Cron("@daily"), ZoneId.of("UTC"), Timetable.Misfire.SKIP,
                Duration.ofMinutes(10));
        Instant time = Instant.parse("2026-11-23T00:00:00Z");
        Random random = new Random(3);
        assertThat(IntStream.range(0, 200).mapToObj((_) -> Duration.between(time, spread.spread(time, random))))
            .allSatisfy((late) -> assertThat(late).isBetween(Duration.ZERO, Duration.ofMinutes(10)))
            .anySatisfy((late) -> assertThat(late).isGreaterThan(Duration.ofMinutes(8)))
            .anySatisfy((late) -> assertThat(late).isLessThan(Duration.ofMinutes(2)));
        assertThat(timetable("@daily", "UTC").spread(time, random)).isEqualTo(time);
    }

    @Test
    void a_spread_is_at_most_a_day() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Timetable(new Cron("@daily"), ZoneId.of("UTC"),
                Timetable.Misfire.SKIP, Duration.ofHours(25)));
    }

}
