package oci.limits;

/**
 * Marks whose answers are being parsed at each moment, for whoever is to tell after the
 * process has run out of memory what it was doing. Blobs are not parsed.
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
