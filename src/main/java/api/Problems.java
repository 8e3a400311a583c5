package api;

import java.util.function.Predicate;

import oci.model.OutsideText;
import oci.model.RegistryFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import replication.Refusal;
import replication.StoreAway;

/** Turns failures of requests into answers. */
public final class Problems {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    /** The longest part of a request that an answer repeats. */
    private static final int MOST_DETAIL = 2_000;

    private static final int MOST_FIELD = 200;

    private final Predicate<Throwable> outage;

    /**
     * Creates the answers.
     * @param outage tells whether the database is the cause; the API knows no JDBC
     */
    public Problems(Predicate<Throwable> outage) {
        this.outage = outage;
    }

    public ApiAnswer answer(Exception failure) {
        return switch (failure) {
            case Refusal.Missing missing -> problem(404, "Not Found", missing);
            case Refusal.Conflict conflict -> problem(409, "Conflict", conflict);
            case Refusal.Invalid invalid -> ApiAnswer.problem(Problem
                .of(422, "Unprocessable Content", text(invalid), invalid.all().stream().map(Problems::error).toList())
                .withHint(invalid.hint()), null);
            case BodyRefused refused -> refused.answer();
            // The sender may try again, because the key may be restored.
            case Refusal.Locked locked -> ApiAnswer.problem(Problem.of(503, "Service Unavailable", text(locked)), "60");
            case Refusal.Denied denied -> problem(401, "Unauthorized", denied);
            case Refusal.TooMany many -> ApiAnswer.problem(Problem.of(429, "Too Many Requests", text(many)),
                    String.valueOf(many.retryAfter().toSeconds()));
            case RequestJson.Malformed malformed -> problem(400, "Bad Request", malformed);
            case RegistryFailure registry -> ApiAnswer
                .problem(Problem.of(502, "Bad Gateway", text(registry)).withHint(registry.reason().hint()), null);
            case StoreAway away -> away(away);
            default -> unexpected(failure);
        };
    }

    private static ApiAnswer problem(int status, String title, Throwable failure) {
        return ApiAnswer.problem(Problem.of(status, title, text(failure)), null);
    }

    private static Problem.FieldError error(Refusal.Invalid invalid) {
        return new Problem.FieldError(OutsideText.line(invalid.field(), MOST_FIELD), text(invalid));
    }

    private static String text(Throwable failure) {
        return OutsideText.line(String.valueOf(failure.getMessage()), MOST_DETAIL);
    }

    private static ApiAnswer away(Throwable failure) {
        LOG.warn("a request was answered 503", failure);
        return ApiAnswer.problem(Problem.of(503, "Service Unavailable", "the database does not answer"), "5");
    }

    private ApiAnswer unexpected(Throwable failure) {
        if (this.outage.test(failure)) {
            return away(failure);
        }
        LOG.error("a request was answered 500", failure);
        return ApiAnswer
            .problem(Problem.of(500, "Internal Server Error", "this is a defect of Drayage; its log says more"), null);
    }

}
