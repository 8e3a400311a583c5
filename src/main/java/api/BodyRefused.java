package api;

import org.jspecify.annotations.Nullable;

/** A body that was not read to its end. */
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

    /** The bodies that are being read take all the memory that is meant for them. */
    public static BodyRefused noRoom() {
        return new BodyRefused(503, "Service Unavailable",
                "other requests take all the memory that there is for bodies; try again in a moment", "1");
    }

    /** The connection broke, or what came breaks the protocol. */
    public static BodyRefused broken() {
        return new BodyRefused(400, "Bad Request", "the body broke off", null);
    }

    ApiAnswer answer() {
        return ApiAnswer.problem(Problem.of(this.status, this.title, String.valueOf(getMessage())), this.retryAfter);
    }

}
