package transfer.pace;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TransferSettingsTest {

    @Test
    void has_these_defaults() {
        assertThat(TransferSettings.DEFAULTS).isEqualTo(new TransferSettings(32, 8, 262_144, 262_144, 16_777_216,
                33_554_432, 8, 1000, new TransferSettings.Backoff(5, Duration.ofMillis(200), Duration.ofSeconds(10),
                        Duration.ofMinutes(2))));
    }

    @Test
    void refuses_bounds_that_would_move_nothing() {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> new TransferSettings(0, 8, 0, 0, 0, 1, 8, 1000, TransferSettings.Backoff.DEFAULTS))
            .withMessageContaining("tagsAhead");
    }

}
