package replication;

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

    /** A value that cannot be accepted; {@link #field()} names it as the API does. */
    public static final class Invalid extends Refusal {

        private static final long serialVersionUID = 1L;

        private final String field;

        public Invalid(String field, String reason) {
            super(reason);
            this.field = field;
        }

        public String field() {
            return this.field;
        }

    }

}
