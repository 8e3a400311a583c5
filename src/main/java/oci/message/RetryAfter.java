package oci.message;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

import org.apache.hc.client5.http.utils.DateUtils;

/**
 * How long a server asks to wait (RFC 9110, 10.2.3): in seconds, until a date or, as
 * Docker Hub's API has it, until a second since 1970.
 */
public final class RetryAfter {

    /** A larger number of seconds is a point in time: so long after 1970. */
    private static final long EPOCH = 1_000_000_000;

    /** In digits, of a number that is read. */
    private static final int LONGEST = 10;

    private RetryAfter() {
    }

    /**
     * What an answer's header {@code Retry-After} or {@code X-Retry-After} says; empty
     * where there is none that can be read.
     * @param headers gives the value of a header by its name
     */
    public static Optional<Duration> of(Function<String, Optional<String>> headers, Instant now) {
        return headers.apply("Retry-After")
            .or(() -> headers.apply("X-Retry-After"))
            .flatMap((text) -> parse(text, now));
    }

    /** Empty where it cannot be read; never negative. */
    public static Optional<Duration> parse(String text, Instant now) {
        OptionalLong seconds = Decimal.parse(text, LONGEST);
        if (seconds.isPresent() && seconds.getAsLong() < EPOCH) {
            return Optional.of(Duration.ofSeconds(seconds.getAsLong()));
        }
        Instant date = seconds.isPresent() ? Instant.ofEpochSecond(seconds.getAsLong())
                : DateUtils.parseStandardDate(text);
        return Optional.ofNullable(date)
            .map((to) -> Duration.between(now, to))
            .map((wait) -> wait.isNegative() ? Duration.ZERO : wait);
    }

}
