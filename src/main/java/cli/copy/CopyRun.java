package cli.copy;

import java.time.Clock;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

import cli.shared.CommandFailed;
import oci.ContentRegistry;
import oci.ContentSource;
import oci.model.Descriptor;
import oci.model.StopSignal;
import replication.cluster.BlobLeases;
import replication.cluster.UploadSessions;
import replication.execution.copy.Change;
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
 * One copy by the engine alone. What the service's database would remember is remembered
 * in memory while it lasts.
 */
final class CopyRun {

    /** As many tags of a repository are under way at once. */
    private static final int WINDOW = 4;

    private final Side source;

    private final Side destination;

    private final StopSignal stop;

    private final TransferOrder order;

    private final ImageTransfer transfer;

    CopyRun(Side source, Side destination, CopyProgress progress, StopSignal stop, TransferOrder.LogSink log,
            ForeignLayers foreignLayers) {
        this.source = source;
        this.destination = destination;
        this.stop = stop;
        this.order = new TransferOrder(source.registry(), source.place().repository(), destination.registry(),
                destination.place().repository(), everything(foreignLayers), stop, log);
        this.transfer = new ImageTransfer((registry) -> new MeasuredRegistry(connection(registry), progress),
                TransferSettings.DEFAULTS, new BlobFlights(), new RememberedBlobs(Clock.systemUTC()), BlobLeases.ALONE,
                UploadSessions.NONE);
    }

    private static Policy everything(ForeignLayers foreignLayers) {
        return new Policy(0, "copy", "", Policy.Authorship.of(""), new Policy.Source(1, List.of()),
                new Policy.Destination(2, ""), Policy.Selection.EVERYTHING, List.of(),
                new Policy.Behaviour(false, true, foreignLayers), true, Scheduling.DEFAULT);
    }

    private ContentRegistry connection(Registry registry) {
        return (registry.id() == this.source.registry().id()) ? this.source.content() : this.destination.content();
    }

    /** Copies one image by tag or digest, perhaps under another tag. */
    Outcome one() {
        String reference = this.destination.place().reference();
        ContentSource from = this.source.content().source(this.order.sourceRepository(), this.stop);
        Descriptor wanted = from.head(this.source.place().reference())
            .orElseThrow(() -> new CommandFailed("copy %s: there is no such image".formatted(this.source.place())));
        if (Place.Reference.isDigest(reference) && !reference.equals(wanted.digest().toString())) {
            throw new CommandFailed(
                    "copy to %s: the image at the source is %s".formatted(this.destination.place(), wanted.digest()));
        }
        Optional<Descriptor> present = this.destination.content()
            .target(this.order.destinationRepository(), this.stop)
            .head(reference);
        try (RepositoryCopy copy = this.transfer.open(this.order)) {
            return copy.copy(new Change(reference, wanted.digest().toString(),
                    present.map((there) -> there.digest().toString()).orElse("")));
        }
    }

    /**
     * Copies all tags; each outcome is told as it comes, by many threads.
     * @return how many tags were equal on both sides already
     */
    long all(Consumer<Outcome> outcomes) {
        Semaphore window = new Semaphore(WINDOW);
        try (RepositoryCopy copy = this.transfer.open(this.order)) {
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

    private static void copy(RepositoryCopy copy, Change change, Consumer<Outcome> outcomes, Semaphore window) {
        try {
            outcomes.accept(copy.copy(change));
        }
        catch (StopSignal.Stopped _) {
            // Told by whoever reads the changes.
        }
        finally {
            window.release();
        }
    }

}
