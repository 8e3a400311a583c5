package oci.auth;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The answer of a token service (distribution, spec/auth/token.md and oauth.md).
 *
 * @param life how long the token is good from now on
 */
record TokenAnswer(String token, Duration life) {

    /** The life of a token whose answer names none, as the specification has it. */
    static final Duration DEFAULT_LIFE = Duration.ofSeconds(60);

    /** The longest time that a token is kept, whatever the answer says. */
    static final Duration LONGEST_LIFE = Duration.ofDays(1);

    /** In characters: a thousand of them are kept, and few servers take such headers. */
    static final int LONGEST_TOKEN = 32 * 1024;

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
                : JwtLife.left(token, now).orElse(DEFAULT_LIFE);
        return (life.compareTo(LONGEST_LIFE) < 0) ? life : LONGEST_LIFE;
    }

    /** Services hand out one token several times, each time with its original life. */
    private static Duration left(Duration life, String issuedAt, Instant now) {
        try {
            Duration age = Duration.between(Instant.parse(issuedAt), now);
            return (age.isPositive() && age.compareTo(life) < 0) ? life.minus(age) : life;
        }
        catch (DateTimeParseException _) {
            return life;
        }
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
