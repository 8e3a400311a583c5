package oci.auth;

import java.time.Duration;
import java.time.Instant;

/**
 * A bearer token.
 *
 * @param until when it is no longer sent, a little before it expires
 */
record Token(String text, Instant until) {

    private static final Duration MOST_MARGIN = Duration.ofSeconds(10);

    /** A token that was issued just now, by the local clock. */
    static Token lasting(String text, Duration life, Instant now) {
        Duration quarter = life.dividedBy(4);
        Duration margin = (quarter.compareTo(MOST_MARGIN) < 0) ? quarter : MOST_MARGIN;
        return new Token(text, now.plus(life).minus(margin));
    }

    boolean good(Instant now) {
        return now.isBefore(this.until);
    }

    @Override
    public String toString() {
        return "a token until " + this.until;
    }

}
