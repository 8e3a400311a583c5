package replication;

import java.time.Duration;
import java.util.List;

import oci.model.Reason;

/**
 * A request that is refused, with the reason in words for the one who asked. Nothing has
 * been changed when one is thrown.
 */
public sealed abstract class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private Refusal(String message) {
        super(message);
    }

    /** The thing asked for does not exist. */
    public static final class Missing extends Refusal {

        private static final long serialVersionUID = 1L;

        public Missing(String what, Object id) {
            super("there is no " + what + " " + id);
        }

    }

    /** It contradicts what is there: a name that is taken, a registry in use. */
    public static final class Conflict extends Refusal {

        private static final long serialVersionUID = 1L;

        public Conflict(String message) {
            super(message);
        }

    }

    /** Whoever asks has not shown that they may. */
    public static final class Denied extends Refusal {

        private static final long serialVersionUID = 1L;

        public Denied(String message) {
            super(message);
        }

    }

    /** A secret that it needs cannot be opened with this node's key. */
    public static final class Locked extends Refusal {

        private static final long serialVersionUID = 1L;

        public Locked(String message) {
            super(message);
        }

    }

    /** More is asked than is served at this moment. */
    public static final class TooMany extends Refusal {

        private static final long serialVersionUID = 1L;

        private final Duration retryAfter;

        public TooMany(String message, Duration retryAfter) {
            super(message);
            this.retryAfter = retryAfter;
        }

        public Duration retryAfter() {
            return this.retryAfter;
        }

    }

    /** A value that cannot be accepted; {@link #field()} names it as the API does. */
    public static final class Invalid extends Refusal {

        private static final long serialVersionUID = 1L;

        private final String field;

        private final String hint;

        private final transient List<Invalid> all;

        public Invalid(String field, String reason) {
            super(reason);
            this.field = field;
            this.hint = "";
            this.all = List.of(this);
        }

        public Invalid(String field, Reason reason) {
            super(reason.text());
            this.field = field;
            this.hint = reason.hint();
            this.all = List.of(this);
        }

        /**
         * Several values at once.
         * @param all one or more
         */
        public Invalid(List<Invalid> all) {
            super(String.join("; ", all.stream().map(Invalid::getMessage).toList()));
            this.field = all.getFirst().field;
            this.hint = all.getFirst().hint;
            this.all = List.copyOf(all);
        }

        /** Of several, the first. */
        public String field() {
            return this.field;
        }

        /** What likely helps; empty if that is not known. */
        public String hint() {
            return this.hint;
        }

        /** Each by itself. */
        public List<Invalid> all() {
            return this.all;
        }

    }

}
