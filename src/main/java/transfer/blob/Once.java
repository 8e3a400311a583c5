package transfer.blob;

import oci.model.Digest;
import oci.model.StopSignal;

/**
 * Has work done once for each digest: whoever comes while it is being done waits, and
 * after a failure the next tries itself. What was done long ago may be forgotten and is
 * then done again.
 */
public final class Once {

    private final Flights<Digest> flights = new Flights<>();

    private final RecentDigests done;

    private final StopSignal stop;

    public Once(StopSignal stop, int remembered) {
        this.stop = stop;
        this.done = new RecentDigests(remembered);
    }

    public void ensure(Digest digest, Runnable work) {
        boolean led = false;
        while (!led && !isDone(digest)) {
            led = this.flights.lead(digest, this.stop, () -> {
                if (!isDone(digest)) {
                    work.run();
                    done(digest);
                }
            });
        }
    }

    public boolean isDone(Digest digest) {
        return this.done.contains(digest);
    }

    public void done(Digest digest) {
        this.done.add(digest);
    }

}
