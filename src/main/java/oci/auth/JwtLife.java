package oci.auth;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import oci.message.Json;

/**
 * How long a JSON Web Token is good, by its own claims (RFC 7519, 4.1.4). Its signature
 * is not checked: whoever issued it judges it.
 */
public final class JwtLife {

    /** In seconds since 1970; a larger number is no date. */
    private static final long LAST_SECOND = 100_000_000_000L;

    private JwtLife() {
    }

    /**
     * The time that is left, or its whole life where our clock says that it has ended;
     * empty where the text is no such token or names no end.
     */
    public static Optional<Duration> left(String token, Instant now) {
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

}
