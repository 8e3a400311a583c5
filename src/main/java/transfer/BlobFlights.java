package transfer;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import oci.Digest;
import org.jspecify.annotations.Nullable;
import replication.execution.StopSignal;

/**
 * Lets a blob be sent to a registry by one copy at a time, whatever tags, tasks and
 * policies of this process want it. Who waits holds nothing, and then mounts what the
 * first has sent.
 */
public final class BlobFlights {

    private final ConcurrentMap<Key, Flight> inFlight = new ConcurrentHashMap<>();

    /**
     * Takes off, or waits for who has.
     * @return the flight where the caller is the one to send; empty where another's has
     * landed meanwhile
     */
    Optional<Flight> takeOff(String registry, Digest blob, StopSignal stop) {
        Flight mine = new Flight(new Key(registry, blob));
        Flight other = this.inFlight.putIfAbsent(mine.key, mine);
        if (other == null) {
            return Optional.of(mine);
        }
        other.await(stop);
        return Optional.empty();
    }

    /** The right to send a blob; given back by closing it, however the sending went. */
    final class Flight implements AutoCloseable {

        private final Key key;

        private final CompletableFuture<@Nullable Void> landed = new CompletableFuture<>();

        private Flight(Key key) {
            this.key = key;
        }

        private void await(StopSignal stop) {
            new StoppableWait(stop).until(this.landed);
        }

        @Override
        public void close() {
            BlobFlights.this.inFlight.remove(this.key, this);
            this.landed.complete(null);
        }

    }

    private record Key(String registry, Digest blob) {
    }

}
