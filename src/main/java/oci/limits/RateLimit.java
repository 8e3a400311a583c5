package oci.limits;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

/**
 * How many requests a host still allows, as it says with its answers: by the header
 * {@code RateLimit} or {@code RateLimit-Remaining} and {@code RateLimit-Reset}
 * (draft-ietf-httpapi-ratelimit-headers, now and before), or by the latter with
 * {@code X-} before.
 *
 * @param left requests
 * @param reset when there are more again; empty where the host does not say
 */
public record RateLimit(long left, Optional<Duration> reset) {

    /** Such as {@code "pulls";r=50;t=30}. */
    private static final Pattern MEMBER = Pattern.compile("(?:^|[;,\\s])([rt])=(\\d{1,10})\\b");

    /** Such as {@code 76} or {@code 76;w=21600}. */
    private static final Pattern NUMBER = Pattern.compile("(\\d{1,10})(?:[;,\\s].*)?");

    /** A larger number of seconds is a point in time: so long after 1970. */
    private static final long EPOCH = 1_000_000_000;

    /**
     * What an answer says; empty where it says nothing.
     * @param headers gives the value of a header by its name
     */
    public static Optional<RateLimit> of(Function<String, Optional<String>> headers, Instant now) {
        Optional<String> one = headers.apply("RateLimit");
        if (one.isPresent()) {
            OptionalLong left = member(one.get(), "r");
            return left.isPresent() ? Optional.of(of(left.getAsLong(), member(one.get(), "t"), now)) : Optional.empty();
        }
        return named(headers, "RateLimit-", now).or(() -> named(headers, "X-RateLimit-", now));
    }

    private static Optional<RateLimit> named(Function<String, Optional<String>> headers, String prefix, Instant now) {
        OptionalLong left = number(headers.apply(prefix + "Remaining"));
        return left.isPresent() ? Optional.of(of(left.getAsLong(), number(headers.apply(prefix + "Reset")), now))
                : Optional.empty();
    }

    private static RateLimit of(long left, OptionalLong reset, Instant now) {
        if (reset.isEmpty()) {
            return new RateLimit(left, Optional.empty());
        }
        long seconds = reset.getAsLong();
        Duration wait = (seconds < EPOCH) ? Duration.ofSeconds(seconds)
                : Duration.between(now, Instant.ofEpochSecond(seconds));
        return new RateLimit(left, Optional.of(wait.isNegative() ? Duration.ZERO : wait));
    }

    private static OptionalLong member(String text, String name) {
        Matcher member = MEMBER.matcher(text);
        while (member.find()) {
            if (member.group(1).equals(name)) {
                return OptionalLong.of(Long.parseLong(member.group(2)));
            }
        }
        return OptionalLong.empty();
    }

    private static OptionalLong number(Optional<String> text) {
        Matcher number = NUMBER.matcher(text.orElse(""));
        return number.matches() ? OptionalLong.of(Long.parseLong(number.group(1))) : OptionalLong.empty();
    }

}
