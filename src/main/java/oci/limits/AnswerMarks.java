package oci.limits;

/**
 * Marks which registry's answers are being parsed. After the process has run out of
 * memory, the marks tell which registry was the cause. Blobs are not parsed.
 */
public interface AnswerMarks {

    /** Marks nothing. */
    AnswerMarks NONE = (_) -> () -> {
    };

    /**
     * An answer of a saved registry is being parsed until the mark is closed. Costs no
     * I/O.
     */
    Mark parsing(long registryId);

    /** Set until it is closed. */
    @FunctionalInterface
    interface Mark extends AutoCloseable {

        @Override
        void close();

    }

}
