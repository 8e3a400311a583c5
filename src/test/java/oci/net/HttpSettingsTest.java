package oci.net;

import java.time.Duration;

import oci.limits.LimitSizes;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class HttpSettingsTest {

    @Test
    void defaults_are_as_documented() {
        assertThat(HttpSettings.DEFAULTS).isEqualTo(new HttpSettings(Duration.ofSeconds(10), Duration.ofSeconds(60),
                Duration.ofMinutes(5), 5, Duration.ofMillis(200), Duration.ofSeconds(10), Duration.ofSeconds(60)));
        assertThat(LimitSizes.DEFAULTS).isEqualTo(new LimitSizes(32, 16, 16));
    }

    @Test
    void nothing_may_take_no_time_or_no_attempt() {
        Duration second = Duration.ofSeconds(1);
        assertThatIllegalArgumentException()
            .isThrownBy(() -> new HttpSettings(second, second, second, 0, second, second, second))
            .withMessage("attempts must be 1 or more, but is 0");
        assertThatIllegalArgumentException()
            .isThrownBy(() -> new HttpSettings(second, Duration.ZERO, second, 1, second, second, second))
            .withMessageStartingWith("stall must be longer than nothing");
        assertThatIllegalArgumentException().isThrownBy(() -> new LimitSizes(1, 0, 1));
    }

}
