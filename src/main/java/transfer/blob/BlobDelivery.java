package transfer.blob;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import oci.BlobUpload;
import oci.ContentTarget;
import oci.model.Descriptor;
import oci.model.Digest;
import oci.model.HostRecords;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import oci.model.Waits;
import replication.cluster.BlobLeases;
import transfer.pace.TransferSettings;

/**
 * Brings blobs into one repository with the fewest bytes. A blob that is there stays, one
 * that another repository of the registry has is mounted, and only a blob that nobody has
 * or is sending is sent.
 */
public final class BlobDelivery {

    /** How often a node checks whether another has brought a blob. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    /** Shorter waits are not shown. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private final RepositoryPair sides;

    private final ContentTarget target;

    private final RegistryKey registry;

    /** The source's repository, where blobs can be mounted straight from it. */
    private final Optional<String> source;

    /** Whether the destination is known to hold nothing of the repository. */
    private final BooleanSupplier empty;

    private final BlobFlights flights;

    private final BlobLocations locations;

    private final BlobPushes pushes;

    private final long askFrom;

    private final BlobLeases leases;

    private final long leaseFrom;

    private final HostRecords records;

    /** Whether the destination refuses to say which blobs it has. */
    private volatile boolean hidden;

    /** The blobs that this copy has put into the repository or seen there. */
    private final Cache<Digest, Boolean> arrived = Caffeine.newBuilder()
        .maximumSize(20_000)
        .executor(Runnable::run)
        .build();

    public BlobDelivery(RepositoryPair sides, BooleanSupplier empty, BlobFlights flights, BlobLocations locations,
            BlobLeases leases, BlobPushes pushes, TransferSettings settings, HostRecords records) {
        this.sides = sides;
        this.target = sides.target();
        this.registry = sides.destination();
        this.source = sides.sameRegistry() ? Optional.of(sides.order().sourceRepository()) : Optional.empty();
        this.empty = empty;
        this.flights = flights;
        this.locations = locations;
        this.pushes = pushes;
        this.askFrom = settings.askFrom();
        this.leases = leases;
        this.leaseFrom = settings.leaseFrom();
        this.records = records;
    }

    /** Returns when the repository has the blob. */
    public void bring(Descriptor blob, BlobTally tally) {
        BlobFlights.Goal goal = new BlobFlights.Goal.ToRepository(this.registry, repository(), blob.digest());
        while (!hasArrived(blob)) {
            this.flights.lead(goal, stop(), () -> bringAlone(blob, tally));
        }
        tally.arrived(blob);
    }

    /**
     * Brings a blob after the registry has denied having it, although it was believed to
     * be there.
     */
    public void bringAnew(Descriptor blob, BlobTally tally) {
        this.arrived.invalidate(blob.digest());
        forget(blob, repository());
        if (has(blob)) {
            seen(blob);
            arrived(blob);
        }
        bring(blob, tally);
    }

    private void bringAlone(Descriptor blob, BlobTally tally) {
        if (hasArrived(blob)) {
            return;
        }
        if (worthAsking(blob) && has(blob)) {
            seen(blob);
            arrived(blob);
            return;
        }
        BlobFlights.Goal goal = new BlobFlights.Goal.ToRegistry(this.registry, blob.digest());
        while (!this.flights.lead(goal, stop(), () -> mountOrSend(blob, tally))) {
            // Another repository has received the blob meanwhile, or its sender has
            // failed and the lead is free. Where the mount is declined, the blob is sent
            // at once, because the session of the declined mount would expire.
            if (elsewhere(blob).isPresent()) {
                mountOrSend(blob, tally);
                return;
            }
        }
    }

    /** A refusal to answer only costs the upload that it might have saved. */
    private boolean has(Descriptor blob) {
        try {
            return !this.hidden && this.target.has(blob);
        }
        catch (RegistryFailure ex) {
            if (ex.passing()) {
                throw ex;
            }
            this.sides.order().log().line("%s; blobs are sent unasked".formatted(ex.getMessage()));
            this.hidden = true;
            return false;
        }
    }

    private boolean worthAsking(Descriptor blob) {
        return this.locations.repositories(this.registry, blob.digest()).contains(repository())
                || (blob.size() >= this.askFrom && !this.empty.getAsBoolean());
    }

    private void mountOrSend(Descriptor blob, BlobTally tally) {
        Optional<String> place = elsewhere(blob);
        if (place.isEmpty() && blob.size() >= this.leaseFrom) {
            sendAgreed(blob, tally);
        }
        else if (place.isEmpty()) {
            this.pushes.push(blob, Optional.empty(), tally);
        }
        else {
            Mount mount = mount(blob, place.get());
            switch (mount) {
                case Mounted _ -> tally.mounted();
                case Declined declined -> {
                    forget(blob, place.get());
                    this.pushes.push(blob, declined.session(), tally);
                }
                case Failed _ -> this.pushes.push(blob, Optional.empty(), tally);
            }
            seen(blob);
        }
        arrived(blob);
    }

    /** Sends the blob, unless another node sends it: then it is mounted from there. */
    private void sendAgreed(Descriptor blob, BlobTally tally) {
        String name = this.registry.text();
        String digest = blob.digest().toString();
        BlobLeases.Decision decision = this.leases.take(name, digest);
        while (decision instanceof BlobLeases.Decision.Wait(String node)) {
            try (Waits.Wait _ = stop().waits()
                .begin("waits for %s, which sends blob %s".formatted(node, digest), SOON)) {
                while (decision instanceof BlobLeases.Decision.Wait(String sender) && sender.equals(node)) {
                    stop().pause(LOOK_AGAIN);
                    decision = this.leases.take(name, digest);
                }
            }
        }
        if (decision instanceof BlobLeases.Decision.Known(String place)) {
            if (!place.equals(repository())) {
                this.locations.remember(this.registry, blob.digest(), place);
                mountOrSend(blob, tally);
                return;
            }
            if (has(blob)) {
                return;
            }
            this.leases.forget(name, digest, place);
            sendAgreed(blob, tally);
            return;
        }
        try {
            this.pushes.push(blob, Optional.empty(), tally);
            this.leases.arrived(name, digest, repository());
        }
        catch (RuntimeException | Error ex) {
            this.leases.release(name, digest);
            throw ex;
        }
    }

    private Mount mount(Descriptor blob, String from) {
        try {
            Optional<BlobUpload> session = this.target.mount(blob, from);
            session.ifPresent(this.pushes.uploads()::opened);
            return session.isPresent() ? new Declined(session) : new Mounted();
        }
        catch (RegistryFailure ex) {
            stop().check();
            if (!ex.passing()) {
                // Some registries fail where they should decline, others deny reading the
                // other repository. A fault of this repository shows in the upload.
                return new Declined(Optional.empty());
            }
            if (ex instanceof RegistryFailure.RateLimited || mounts()) {
                throw ex;
            }
            // A registry that has never mounted may fail at every mount.
            return new Failed();
        }
    }

    private boolean mounts() {
        String host = HostRecords.host(this.sides.order().destination().url());
        return this.records.shown(host, HostRecords.Trait.MOUNT).orElse(false);
    }

    private void forget(Descriptor blob, String place) {
        this.locations.forget(this.registry, blob.digest(), place);
        if (blob.size() >= this.leaseFrom) {
            this.leases.forget(this.registry.text(), blob.digest().toString(), place);
        }
    }

    private Optional<String> elsewhere(Descriptor blob) {
        return this.source.or(() -> this.locations.repositories(this.registry, blob.digest())
            .stream()
            .filter((place) -> !place.equals(repository()))
            .findFirst());
    }

    private boolean hasArrived(Descriptor blob) {
        return this.arrived.getIfPresent(blob.digest()) != null;
    }

    private void arrived(Descriptor blob) {
        this.arrived.put(blob.digest(), true);
        this.locations.remember(this.registry, blob.digest(), repository());
    }

    /** Tells other nodes that they may mount the blob from here. */
    private void seen(Descriptor blob) {
        if (blob.size() >= this.leaseFrom) {
            this.leases.seen(this.registry.text(), blob.digest().toString(), repository());
        }
    }

    private String repository() {
        return this.sides.order().destinationRepository();
    }

    private StopSignal stop() {
        return this.sides.stop();
    }

    private sealed interface Mount {

    }

    private record Mounted() implements Mount {
    }

    private record Declined(Optional<BlobUpload> session) implements Mount {
    }

    /** The mount failed for a cause that says nothing about the place. */
    private record Failed() implements Mount {
    }

}
