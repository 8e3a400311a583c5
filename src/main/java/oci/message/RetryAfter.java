package oci.message;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

import org.apache.hc.client5.http.utils.DateUtils;

/** How long a server asks to wait (RFC 9110, 10.2.3): in seconds or until a date. */
public final class RetryAfter {

    private RetryAfter() {
    }

    /** Empty where it cannot be read; never negative. */
    public static Optional<Duration> parse(String text, Instant now) {
        OptionalLong seconds = Decimal.parse(text, 9);
        if (seconds.isPresent()) {
            return Optional.of(Duration.ofSeconds(seconds.getAsLong()));
        }
        return Optional.ofNullable(DateUtils.parseStandardDate(text))
            .map((date) -> Duration.between(now, date))
            .map((wait) -> wait.isNegative() ? Duration.ZERO : wait);
    }

}
