package transfer.blob;

import java.util.function.IntConsumer;

import oci.limits.Pacer;
import transfer.pace.Throttle;

/**
 * Keeps the bytes of a blob to the limits.
 *
 * @param passed is told of those that have passed
 */
record CountedPace(Throttle throttle, IntConsumer passed) implements Pacer {

    @Override
    public int most() {
        return this.throttle.most();
    }

    @Override
    public void pass(int bytes) {
        this.throttle.pass(bytes);
        this.passed.accept(bytes);
    }

}
