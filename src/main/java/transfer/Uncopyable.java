package transfer;

/** An image that is not copied, by its kind rather than by a failure. */
final class Uncopyable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Uncopyable(String reason) {
        super(reason);
    }

    String reason() {
        return String.valueOf(getMessage());
    }

}
