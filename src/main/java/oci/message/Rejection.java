package oci.message;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import oci.limits.RateLimit;
import oci.model.Reason;
import oci.model.RegistryFailure;

/**
 * An answer other than the expected one.
 *
 * @param call the request, where it was sent last
 * @param page whether the answer is an HTML page, with whatever status
 * @param retryAfter how long the registry asks to wait, or until it allows requests again
 * where it says that none is left
 */
public record Rejection(Call call, int status, boolean page, ErrorBody error, Optional<Duration> retryAfter,
        List<Challenge> challenges) {

    private static final int MOST = 64 * 1024;

    /** The last two codes are Harbor's and Quay's. */
    private static final List<String> MANIFEST_UNKNOWN = List.of("MANIFEST_UNKNOWN", "NOT_FOUND", "TAG_EXPIRED");

    private static final List<String> REPOSITORY_UNKNOWN = List.of("NAME_UNKNOWN", "NAME_INVALID");

    public static Rejection of(Call call, Answer answer) throws IOException {
        try (answer) {
            Optional<Duration> wait = wait(answer);
            List<Challenge> challenges = ChallengeParser.parseAll(answer.headers("WWW-Authenticate"));
            boolean page = answer.page();
            Rejection rejection = new Rejection(call, answer.status(), page, ErrorBody.of(answer.beginning(MOST)), wait,
                    challenges);
            answer.finish();
            return rejection;
        }
    }

    private static Optional<Duration> wait(Answer answer) {
        Instant now = Instant.now();
        boolean tooMany = answer.status() == 429 || answer.status() == 403;
        return RetryAfter.of(answer::header, now)
            .or(() -> RateLimit.of(answer::header, now)
                .filter((limit) -> tooMany && limit.left() == 0)
                .flatMap(RateLimit::reset));
    }

    /** Whether a new token may help. */
    public boolean asksForToken() {
        return this.status == 401
                || (this.status == 403 && this.error.words().toLowerCase(Locale.ROOT).contains("expired"));
    }

    /** The failure, where the request gives the status no meaning of its own. */
    public RegistryFailure failure() {
        if (this.page && this.status / 100 == 2) {
            return passing();
        }
        return switch (this.status) {
            case 401 -> new RegistryFailure.Unauthorized(new Reason(message(), hint()));
            // GitHub says 403 to those who have used up their requests.
            case 403 -> this.retryAfter.<RegistryFailure>map((wait) -> new RegistryFailure.RateLimited(message(), wait))
                .orElseGet(() -> new RegistryFailure.Unauthorized(new Reason(message(), hint())));
            case 404 -> new RegistryFailure.NotFound(message(), unknown());
            case 408, 425 -> passing();
            case 429 -> new RegistryFailure.RateLimited(message(), this.retryAfter.orElse(Duration.ZERO));
            case 301, 302, 303, 307, 308 ->
                new RegistryFailure.Permanent(message() + "; such a redirect is not followed");
            default ->
                (this.status >= 500) ? passing() : new RegistryFailure.Permanent(new Reason(message(), hint()), null);
        };
    }

    /**
     * An empty 404 is the registry's own as the specification allows it; one with other
     * words may come from a proxy, a gateway or a store behind it. A host that the
     * registry redirects to knows no tags: it may have lost content that the registry
     * still has.
     */
    private RegistryFailure.NotFound.Subject unknown() {
        if (this.page || elsewhere()) {
            return RegistryFailure.NotFound.Subject.UNTOLD;
        }
        if (REPOSITORY_UNKNOWN.stream().anyMatch(this.error::says)) {
            return RegistryFailure.NotFound.Subject.REPOSITORY;
        }
        boolean manifest = MANIFEST_UNKNOWN.stream().anyMatch(this.error::says) || this.error.silent();
        return manifest ? RegistryFailure.NotFound.Subject.MANIFEST : RegistryFailure.NotFound.Subject.UNTOLD;
    }

    public RegistryFailure passing() {
        return this.retryAfter.<RegistryFailure>map((wait) -> new RegistryFailure.RateLimited(message(), wait))
            .orElseGet(() -> new RegistryFailure.Transient(message(), null));
    }

    public String message() {
        String words = (this.status + " " + this.error.words()).strip();
        if (this.page && this.status / 100 == 2) {
            words += " is a page of HTML and not the registry's answer: something on the way speaks in its place";
        }
        if (this.status == 407) {
            return "%s: the proxy refuses: %s".formatted(this.call.doing(), words);
        }
        return (this.call.hop() != null) ? this.call.says(Culprit.HOST, "answers " + words)
                : this.call.doing() + ": " + words;
    }

    /** Whether the host that answers is not the registry. */
    public boolean elsewhere() {
        return this.call.hop() != null && this.call.hop().elsewhere();
    }

    private String hint() {
        if (elsewhere()) {
            return "";
        }
        if (this.status == 400 && speaksHttps(this.error.words().toLowerCase(Locale.ROOT))) {
            return "did you mean https://" + this.call.uri().authority() + "?";
        }
        if (this.status == 407) {
            return "the proxy asks for a login, or for another; HTTPS_PROXY or HTTP_PROXY takes it, as http://user:password@host:port, "
                    + "and a registry's proxy_url has it in proxy_user and proxy_password";
        }
        boolean refused = this.status == 401 || this.status == 403;
        return (refused && !this.call.scopes().isEmpty()) ? this.call.scopes().getFirst().hint() : "";
    }

    /** The wording of Go, nginx, Tomcat and Apache. */
    private static boolean speaksHttps(String words) {
        int request = words.indexOf("http request ");
        return (request >= 0
                && (words.indexOf("https server", request) >= 0 || words.indexOf("https port", request) >= 0))
                || words.contains("requires tls") || words.contains("plain http to an ssl-enabled");
    }

}
