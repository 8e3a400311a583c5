package transfer;

/**
 * An artifact that cannot be copied as a whole, and so is not copied at all; the message
 * says why.
 */
final class NotCopied extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotCopied(String message) {
        super(message);
    }

}
