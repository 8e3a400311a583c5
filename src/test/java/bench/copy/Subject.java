package bench.copy;

/** A tool that copies. */
public interface Subject extends AutoCloseable {

    String name();

    /** Whether Drayage is measured against it. */
    boolean peer();

    /** Whether it runs on and gets faster: then it does everything a few times before. */
    default boolean warms() {
        return false;
    }

    /** Sets up what it needs to copy a corpus, which is not measured. */
    Copying on(Route route);

    @Override
    default void close() {
    }

    /** A copy that can be made again, which then finds all unchanged. */
    public interface Copying extends AutoCloseable {

        /** Copies the whole corpus once and fails where the tool does. */
        Figures copy();

        @Override
        default void close() {
        }

    }

}
