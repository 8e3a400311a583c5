package cli.copy;

import java.time.Clock;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import cli.shared.CommandFailed;
import oci.ContentRegistry;
import oci.Platform;
import oci.model.Descriptor;
import oci.model.StopSignal;
import org.jspecify.annotations.Nullable;
import replication.cluster.BlobLeases;
import replication.cluster.UploadSessions;
import replication.execution.copy.Change;
import replication.execution.copy.Moved;
import replication.execution.copy.Outcome;
import replication.execution.copy.RepositoryCopy;
import replication.execution.copy.TransferOrder;
import replication.policy.ForeignLayers;
import replication.policy.Policy;
import replication.policy.Scheduling;
import replication.registry.Registry;
import transfer.blob.BlobFlights;
import transfer.blob.RememberedBlobs;
import transfer.image.ImageTransfer;
import transfer.pace.TransferSettings;

/**
 * One copy by the engine alone. It remembers in memory what the service keeps in its
 * database.
 */
final class CopyRun {

    /** How many tags of a repository are copied side by side. */
    private static final int WINDOW = 4;

    private final Side source;

    private final Side destination;

    private final StopSignal stop;

    private final TransferOrder order;

    private final ImageTransfer transfer;

    /** Bytes of the copies that have ended. */
    private final AtomicLong ended = new AtomicLong();

    private volatile @Nullable RepositoryCopy running;

    private volatile long remaining;

    CopyRun(Side source, Side destination, @Nullable Platform platform, StopSignal stop, TransferOrder.LogSink log,
            ForeignLayers foreignLayers) {
        this.source = source;
        this.destination = destination;
        this.stop = stop;
        this.order = new TransferOrder(source.registry(), source.place().repository(), destination.registry(),
                destination.place().repository(), everything(foreignLayers), platform, stop, log);
        this.transfer = new ImageTransfer(this::connection, TransferSettings.DEFAULTS, new BlobFlights(),
                new RememberedBlobs(Clock.systemUTC()), BlobLeases.ALONE, UploadSessions.NONE);
    }

    private static Policy everything(ForeignLayers foreignLayers) {
        return new Policy(0, "copy", "", Policy.Authorship.of(""), new Policy.Source(1, List.of()),
                new Policy.Destination(2, ""), Policy.Selection.EVERYTHING, List.of(),
                new Policy.Behaviour(false, true, foreignLayers), true, Scheduling.DEFAULT);
    }

    private ContentRegistry connection(Registry registry) {
        return (registry.id() == this.source.registry().id()) ? this.source.content() : this.destination.content();
    }

    private RepositoryCopy open() {
        RepositoryCopy copy = this.transfer.open(this.order);
        this.running = copy;
        return copy;
    }

    private Outcome copy(RepositoryCopy copy, Change change) {
        Outcome outcome = copy.copy(change);
        this.ended.addAndGet(outcome.bytes());
        return outcome;
    }

    /** Bytes that the destination has received. */
    long done() {
        return this.ended.get() + moved().sent();
    }

    /**
     * Bytes still to be sent. While a manifest is being read, the number is the one
     * before it.
     */
    long remaining() {
        Long known = moved().remaining();
        if (known != null) {
            this.remaining = known;
        }
        return this.remaining;
    }

    private Moved moved() {
        RepositoryCopy copy = this.running;
        return (copy != null) ? copy.moved() : Moved.UNKNOWN;
    }

    /** Copies one image by tag or digest, perhaps under another tag. */
    Outcome one() {
        String reference = this.destination.place().reference();
        Descriptor wanted = this.transfer.source(this.order)
            .head(this.source.place().reference())
            .orElseThrow(() -> new CommandFailed("copy %s: there is no such image".formatted(this.source.place())));
        if (Place.Reference.isDigest(reference) && !reference.equals(wanted.digest().toString())) {
            throw new CommandFailed(
                    "copy to %s: the image at the source is %s".formatted(this.destination.place(), wanted.digest()));
        }
        Optional<Descriptor> present = this.destination.content()
            .target(this.order.destinationRepository(), this.stop)
            .head(reference);
        try (RepositoryCopy copy = open()) {
            return copy(copy, Change.ofTag(reference, wanted.digest().toString(),
                    present.map((there) -> there.digest().toString()).orElse("")));
        }
    }

    /**
     * Copies all tags; many threads report outcomes as they come.
     * @return how many tags were equal on both sides before
     */
    long all(Consumer<Outcome> outcomes) {
        Semaphore window = new Semaphore(WINDOW);
        try (RepositoryCopy copy = open()) {
            Iterator<Change> changes = copy.changes();
            try {
                while (changes.hasNext()) {
                    Change change = changes.next();
                    window.acquireUninterruptibly();
                    Thread.startVirtualThread(() -> copy(copy, change, outcomes, window));
                }
            }
            finally {
                window.acquireUninterruptibly(WINDOW);
            }
            this.stop.check();
            return copy.unchanged();
        }
    }

    private void copy(RepositoryCopy copy, Change change, Consumer<Outcome> outcomes, Semaphore window) {
        try {
            outcomes.accept(copy(copy, change));
        }
        catch (StopSignal.Stopped _) {
            // The reader of the changes reports the stop.
        }
        finally {
            window.release();
        }
    }

}
