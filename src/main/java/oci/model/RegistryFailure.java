package oci.model;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A conversation with a registry that failed. The message says what was being done, to
 * which thing and what came back, the hint what likely helps; neither holds a secret.
 */
public sealed abstract class RegistryFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String hint;

    private RegistryFailure(Reason reason, @Nullable Throwable cause) {
        super(reason.text(), cause);
        this.hint = reason.hint();
    }

    private RegistryFailure(String message, @Nullable Throwable cause) {
        this(new Reason(message), cause);
    }

    public Reason reason() {
        return new Reason(String.valueOf(getMessage()), this.hint);
    }

    /** Whether the same step may succeed if it is tried again later. */
    public abstract boolean passing();

    /** How long the registry asks to wait; zero where it does not say. */
    public Duration retryAfter() {
        return Duration.ZERO;
    }

    /** The credential is missing, wrong or not allowed to do this. */
    public static final class Unauthorized extends RegistryFailure {

        private static final long serialVersionUID = 1L;

        public Unauthorized(String message) {
            super(message, null);
        }

        public Unauthorized(Reason reason) {
            super(reason, null);
        }

        @Override
        public boolean passing() {
            return false;
        }

    }

    /** The registry does not have what was asked for. */
    public static final class NotFound extends RegistryFailure {

        private static final long serialVersionUID = 1L;

        private final Subject unknown;

        public NotFound(String message) {
            this(message, Subject.UNTOLD);
        }

        public NotFound(String message, Subject unknown) {
            super(message, null);
            this.unknown = unknown;
        }

        /** Which thing the registry says that it does not know. */
        public Subject unknown() {
            return this.unknown;
        }

        @Override
        public boolean passing() {
            return false;
        }

        public enum Subject {

            /** The manifest of this tag or digest. */
            MANIFEST,

            /** The whole repository, or it is hidden. */
            REPOSITORY,

            /** The registry does not say, or a proxy answers in its place. */
            UNTOLD

        }

    }

    /**
     * The content does not match its digest: it was altered on its way or where it is
     * stored.
     */
    public static final class Mismatch extends RegistryFailure {

        private static final long serialVersionUID = 1L;

        private final String doing;

        private final String wanted;

        private final String came;

        /**
         * What came with another digest than it should.
         * @param doing what was being done, to which thing
         */
        public Mismatch(String doing, String wanted, String came) {
            super("%s: %s came instead of %s".formatted(doing, came, wanted), null);
            this.doing = doing;
            this.wanted = wanted;
            this.came = came;
        }

        /** The other side says that it received something else than was sent. */
        public Mismatch(String message) {
            super(message, null);
            this.doing = message;
            this.wanted = "";
            this.came = "";
        }

        public String doing() {
            return this.doing;
        }

        public String wanted() {
            return this.wanted;
        }

        /** The digest of what came; empty where only the other side knows it. */
        public String came() {
            return this.came;
        }

        @Override
        public boolean passing() {
            return false;
        }

    }

    /** The registry asks for patience. */
    public static final class RateLimited extends RegistryFailure {

        private static final long serialVersionUID = 1L;

        private final Duration retryAfter;

        public RateLimited(String message, Duration retryAfter) {
            super(message, null);
            this.retryAfter = retryAfter;
        }

        @Override
        public Duration retryAfter() {
            return this.retryAfter;
        }

        @Override
        public boolean passing() {
            return true;
        }

    }

    /** A fault that may pass: the network, a timeout, the registry's own trouble. */
    public static final class Transient extends RegistryFailure {

        private static final long serialVersionUID = 1L;

        public Transient(String message, @Nullable Throwable cause) {
            super(message, cause);
        }

        public Transient(Reason reason, @Nullable Throwable cause) {
            super(reason, cause);
        }

        @Override
        public boolean passing() {
            return true;
        }

    }

    /** The registry refuses this way of doing it; another way may work. */
    public static final class Unsupported extends RegistryFailure {

        private static final long serialVersionUID = 1L;

        private final boolean tooLarge;

        /**
         * A way that is refused.
         * @param tooLarge whether it is a matter of size
         */
        public Unsupported(String message, boolean tooLarge) {
            super(message, null);
            this.tooLarge = tooLarge;
        }

        public boolean tooLarge() {
            return this.tooLarge;
        }

        @Override
        public boolean passing() {
            return false;
        }

    }

    /**
     * The registry keeps something from being read or written on purpose: a cache of
     * another registry, an archived image. That is no fault, and it is told and left.
     */
    public static final class Withheld extends RegistryFailure {

        private static final long serialVersionUID = 1L;

        public Withheld(String message) {
            super(message, null);
        }

        @Override
        public boolean passing() {
            return false;
        }

    }

    /**
     * A list that is not complete. It is thrown after the last usable name, so that a
     * caller may use the part and end as not done in whole.
     */
    public static final class Incomplete extends RegistryFailure {

        private static final long serialVersionUID = 1L;

        public Incomplete(String message) {
            super(message, null);
        }

        @Override
        public boolean passing() {
            return false;
        }

    }

    /** The registry refuses for good. */
    public static final class Permanent extends RegistryFailure {

        private static final long serialVersionUID = 1L;

        public Permanent(String message) {
            super(message, null);
        }

        public Permanent(String message, Throwable cause) {
            super(message, cause);
        }

        public Permanent(Reason reason, @Nullable Throwable cause) {
            super(reason, cause);
        }

        @Override
        public boolean passing() {
            return false;
        }

    }

}
