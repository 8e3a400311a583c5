package api;

import org.jspecify.annotations.Nullable;

/** A body that could not be read to its end. */
public final class BodyRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    private final String title;

    private final @Nullable String retryAfter;

    private BodyRefused(int status, String title, String message, @Nullable String retryAfter) {
        super(message);
        this.status = status;
        this.title = title;
        this.retryAfter = retryAfter;
    }

    public static BodyRefused tooLarge(int most) {
        return new BodyRefused(413, "Content Too Large", "a body has at most " + most + " bytes", null);
    }

    public static BodyRefused tooSlow(long seconds) {
        return new BodyRefused(408, "Request Timeout", "the body did not come within " + seconds + " s", null);
    }

    /** The bodies of other requests use all the memory for bodies. */
    public static BodyRefused noRoom() {
        return new BodyRefused(503, "Service Unavailable",
                "other requests take all the memory for bodies; try again in a moment", "1");
    }

    /** The connection broke, or the body breaks the protocol. */
    public static BodyRefused broken() {
        return new BodyRefused(400, "Bad Request", "the body broke off", null);
    }

    ApiAnswer answer() {
        return ApiAnswer.problem(Problem.of(this.status, this.title, String.valueOf(getMessage())), this.retryAfter);
    }

}
