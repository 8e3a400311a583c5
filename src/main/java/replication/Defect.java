package replication;

/**
 * What no step of ours should end with, such as a stack that overflowed over what a
 * registry sent: carried as an exception like others, so that the code that ends a step
 * ends it for this as well.
 */
public final class Defect extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private Defect(String message, Throwable cause) {
        super(message, cause);
    }

    /** The exception itself, or the error told in words. */
    public static RuntimeException of(Throwable thrown) {
        return switch (thrown) {
            case RuntimeException ex -> ex;
            case StackOverflowError ex -> new Defect("unforeseen: what came is nested too deep for the stack", ex);
            case OutOfMemoryError ex -> new Defect("unforeseen: the memory of this node does not suffice", ex);
            default -> new Defect("unforeseen: " + thrown, thrown);
        };
    }

}
