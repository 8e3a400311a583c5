package cli.shared;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ProgressLineTest {

    private static final long SECOND = 1_000_000_000;

    @Test
    void tells_the_part_the_rate_and_how_long_it_still_takes() {
        ProgressLine line = new ProgressLine();
        assertThat(line.at(0, 0, 1_000_000_000))
            .isEqualTo("[>                       ]   0%  0 B of 1.0 GB  0 B/s  eta -:--");
        assertThat(line.at(5 * SECOND, 500_000_000, 1_000_000_000))
            .isEqualTo("[============>           ]  50%  500.0 MB of 1.0 GB  100.0 MB/s  eta 0:05");
        assertThat(line.at(6 * SECOND, 1_000_000_000, 1_000_000_000)).startsWith("[========================] 100%")
            .endsWith("eta 0:00");
    }

    @Test
    void goes_by_the_rate_of_the_last_seconds() {
        ProgressLine line = new ProgressLine();
        line.at(0, 0, 1_000_000_000);
        line.at(10 * SECOND, 500_000_000, 1_000_000_000);
        line.at(15 * SECOND, 505_000_000, 1_000_000_000);
        assertThat(line.at(20 * SECOND, 510_000_000, 1_000_000_000)).endsWith("1.0 MB/s  eta 8:10");
    }

}
