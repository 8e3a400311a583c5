package oci.auth;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import oci.message.Json;

/**
 * What a token service answers (distribution, spec/auth/token.md and oauth.md).
 *
 * @param life for how long from now on the token is good
 */
record TokenAnswer(String token, Duration life) {

    /** Where nothing says how long it lives, as the specification has it. */
    static final Duration DEFAULT_LIFE = Duration.ofSeconds(60);

    /** For longer none is kept, whatever it says. */
    static final Duration LONGEST_LIFE = Duration.ofDays(1);

    /** In characters: a thousand of them are kept, and few servers take such headers. */
    static final int LONGEST_TOKEN = 32 * 1024;

    /** In seconds since 1970; beyond it no date is meant. */
    private static final long LAST_SECOND = 100_000_000_000L;

    /**
     * Reads an answer; empty where it has no token that could be sent.
     * @param now by the service's clock where it tells it, as ours may be wrong
     */
    static Optional<TokenAnswer> read(JsonNode json, Instant now) {
        return Stream.of("token", "access_token")
            .map((field) -> json.path(field).asText(""))
            .filter(TokenAnswer::isSendable)
            .findFirst()
            .map((token) -> new TokenAnswer(token, life(json, token, now)));
    }

    private static boolean isSendable(String token) {
        return !token.isEmpty() && token.length() <= LONGEST_TOKEN
                && token.chars().allMatch((each) -> each > ' ' && each < 0x7f);
    }

    private static Duration life(JsonNode json, String token, Instant now) {
        long seconds = json.path("expires_in").asLong(0);
        Duration life = (seconds > 0) ? left(atMost(seconds), json.path("issued_at").asText(""), now)
                : ofJwt(token, now).orElse(DEFAULT_LIFE);
        return (life.compareTo(LONGEST_LIFE) < 0) ? life : LONGEST_LIFE;
    }

    /** Services hand out one token several times, each time with its first life. */
    private static Duration left(Duration life, String issuedAt, Instant now) {
        try {
            Duration age = Duration.between(Instant.parse(issuedAt), now);
            return (age.isPositive() && age.compareTo(life) < 0) ? life.minus(age) : life;
        }
        catch (DateTimeParseException _) {
            return life;
        }
    }

    /** Some tell the end in the token only (RFC 7519, 4.1.4). */
    private static Optional<Duration> ofJwt(String token, Instant now) {
        int first = token.indexOf('.');
        int last = token.lastIndexOf('.');
        if (last <= first) {
            return Optional.empty();
        }
        JsonNode claims;
        try {
            claims = Json.lenient(Base64.getUrlDecoder().decode(token.substring(first + 1, last)));
        }
        catch (IllegalArgumentException _) {
            return Optional.empty();
        }
        Optional<Instant> end = second(claims, "exp");
        Optional<Duration> left = end.map((to) -> Duration.between(now, to)).filter(Duration::isPositive);
        return left.isPresent() ? left
                : end.flatMap((to) -> second(claims, "iat").map((from) -> Duration.between(from, to)))
                    .filter(Duration::isPositive);
    }

    private static Optional<Instant> second(JsonNode claims, String name) {
        long second = claims.path(name).asLong(0);
        return (second > 0 && second < LAST_SECOND) ? Optional.of(Instant.ofEpochSecond(second)) : Optional.empty();
    }

    private static Duration atMost(long seconds) {
        return Duration.ofSeconds(Math.min(seconds, LONGEST_LIFE.toSeconds()));
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "a token for " + this.life;
    }

}
