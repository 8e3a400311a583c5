package oci;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import org.apache.hc.client5.http.utils.DateUtils;

/** How long a server asks to wait (RFC 9110, 10.2.3): in seconds or until a date. */
final class RetryAfter {

    private RetryAfter() {
    }

    /** Empty where it cannot be read; never negative. */
    static Optional<Duration> parse(String text, Instant now) {
        if (text.matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        return Optional.ofNullable(DateUtils.parseStandardDate(text))
            .map((date) -> Duration.between(now, date))
            .map((wait) -> wait.isNegative() ? Duration.ZERO : wait);
    }

}
