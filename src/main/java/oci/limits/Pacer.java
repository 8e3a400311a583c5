package oci.limits;

/** Says how fast the bytes of a blob may pass. Used by one thread at a time. */
public interface Pacer {

    /**
     * How many bytes may pass at once, at least 1; {@link Integer#MAX_VALUE} while
     * nothing slows them down.
     */
    int most();

    /**
     * Returns when so many bytes may pass.
     * @throws oci.model.StopSignal.Stopped where the signal is given first
     */
    void pass(int bytes);

}
