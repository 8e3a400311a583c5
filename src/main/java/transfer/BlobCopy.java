package transfer;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import oci.BlobContent;
import oci.BlobUpload;
import oci.Descriptor;
import oci.Digest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import replication.registry.RegistryFailure;

/**
 * Brings blobs into one repository, each at most once: it is mounted where the registry
 * has it, else sent by one copy of the process at a time. A passing failure begins the
 * blob anew, with a new stream and a new session.
 */
final class BlobCopy {

    private static final Logger LOG = LoggerFactory.getLogger(BlobCopy.class);

    private final Ends ends;

    private final BlobFlights flights;

    private final BlobLocations locations;

    private final TransferSettings settings;

    private final StoppableWait waiting;

    /** What this copy itself has seen in the repository. */
    private final Set<Digest> present = ConcurrentHashMap.newKeySet();

    private volatile boolean repositoryWasEmpty;

    BlobCopy(Ends ends, BlobFlights flights, BlobLocations locations, TransferSettings settings) {
        this.ends = ends;
        this.flights = flights;
        this.locations = locations;
        this.settings = settings;
        this.waiting = new StoppableWait(ends.order().stop());
    }

    /**
     * The repository had nothing when the copy began: what this copy did not bring is not
     * there.
     */
    void repositoryWasEmpty() {
        this.repositoryWasEmpty = true;
    }

    /** Returns when the repository has the blob, with the bytes that were sent for it. */
    long bring(Descriptor blob) {
        Backoff backoff = new Backoff(this.settings);
        for (int attempt = 0;; attempt++) {
            this.ends.order().stop().check();
            try {
                return tryOnce(blob);
            }
            catch (RegistryFailure failure) {
                if (!failure.passing() || attempt + 1 >= this.settings.attempts()) {
                    throw failure;
                }
                LOG.debug("blob {} is begun anew: {}", blob.digest(), failure.getMessage());
                this.waiting.pause(backoff.before(attempt, failure));
            }
        }
    }

    private long tryOnce(Descriptor blob) {
        if (this.present.contains(blob.digest())) {
            return 0;
        }
        if (!this.repositoryWasEmpty && blob.size() >= this.settings.askFrom() && this.ends.target().has(blob)) {
            return arrived(blob, 0);
        }
        while (true) {
            switch (place(blob)) {
                case Placed.InPlace _ -> {
                    return arrived(blob, 0);
                }
                case Placed.Open(BlobUpload session) -> {
                    Optional<BlobFlights.Flight> flight = takeOff(blob);
                    if (flight.isEmpty()) {
                        // Another has sent it meanwhile, or failed to: the next mount
                        // tells.
                        session.cancel();
                        break;
                    }
                    try (BlobFlights.Flight _ = flight.get()) {
                        return arrived(blob, send(blob, session));
                    }
                }
                case Placed.Unknown _ -> {
                    Optional<BlobFlights.Flight> flight = takeOff(blob);
                    if (flight.isEmpty()) {
                        break;
                    }
                    try (BlobFlights.Flight _ = flight.get()) {
                        return arrived(blob, send(blob, this.ends.target().upload(blob)));
                    }
                }
            }
            if (this.present.contains(blob.digest())) {
                return 0;
            }
        }
    }

    private Optional<BlobFlights.Flight> takeOff(Descriptor blob) {
        return this.flights.takeOff(this.ends.registry(), blob.digest(), this.ends.order().stop());
    }

    private long arrived(Descriptor blob, long sent) {
        this.present.add(blob.digest());
        this.locations.add(this.ends.registry(), blob.digest(), this.ends.repository());
        return sent;
    }

    /** Looks for the blob where the registry is known to have it. */
    private Placed place(Descriptor blob) {
        Optional<String> known = this.locations.find(this.ends.registry(), blob.digest())
            .or(this.ends::mountableSource);
        if (known.isEmpty()) {
            return new Placed.Unknown();
        }
        if (known.get().equals(this.ends.repository())) {
            if (this.ends.target().has(blob)) {
                return new Placed.InPlace();
            }
            this.locations.forget(this.ends.registry(), blob.digest());
            return new Placed.Unknown();
        }
        return mount(blob, known.get());
    }

    /**
     * A mount that fails otherwise than for a moment is a hint that was wrong, and no
     * more.
     */
    private Placed mount(Descriptor blob, String from) {
        try {
            Optional<BlobUpload> declined = this.ends.target().mount(blob, from);
            if (declined.isEmpty()) {
                return new Placed.InPlace();
            }
            this.locations.forget(this.ends.registry(), blob.digest());
            return new Placed.Open(declined.get());
        }
        catch (RegistryFailure failure) {
            if (failure.passing()) {
                throw failure;
            }
            LOG.debug("{}; it is sent instead", failure.getMessage());
            this.locations.forget(this.ends.registry(), blob.digest());
            return new Placed.Unknown();
        }
    }

    private long send(Descriptor blob, BlobUpload session) {
        boolean sent = false;
        try (BlobContent content = this.ends.source().blob(blob)) {
            long bytes = session.send(content.stream());
            sent = true;
            return bytes;
        }
        finally {
            if (!sent) {
                session.cancel();
            }
        }
    }

    /**
     * Forgets what was believed of a blob and looks for itself; sends it where it is
     * missing.
     */
    long heal(Descriptor blob) {
        this.present.remove(blob.digest());
        this.locations.forget(this.ends.registry(), blob.digest());
        if (this.ends.target().has(blob)) {
            return arrived(blob, 0);
        }
        return bring(blob);
    }

    /** What came of looking for a blob at the destination. */
    private sealed interface Placed {

        /** The repository has it. */
        record InPlace() implements Placed {
        }

        /** It does not, and has opened a session to send it. */
        record Open(BlobUpload session) implements Placed {
        }

        /** Nobody knows of it. */
        record Unknown() implements Placed {
        }

    }

}
