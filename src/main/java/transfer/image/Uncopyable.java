package transfer.image;

/**
 * An image that is not copied because of what it is, rather than because of a failure.
 */
class Uncopyable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Uncopyable(String reason) {
        super(reason);
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    /** It has layers that may not be distributed, and the policy skips such images. */
    static final class Foreign extends Uncopyable {

        private static final long serialVersionUID = 1L;

        Foreign(String reason) {
            super(reason);
        }

    }

}
