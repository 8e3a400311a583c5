package oci.auth;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

import oci.model.StopSignal;
import oci.model.Waits;

/**
 * Runs one piece of work for all who want it at the same time. It runs on a thread of its
 * own, so that a caller who stops does not take it from the others.
 */
final class SingleFlight<K, V> {

    private static final Duration SOON = Duration.ofSeconds(1);

    private final ConcurrentMap<K, CompletableFuture<V>> flights = new ConcurrentHashMap<>();

    /**
     * Joins the flight for a key or starts it. The work must first check whether a flight
     * that has just landed has done it.
     */
    V join(K key, Supplier<V> work, StopSignal stop) {
        try (Waits.Wait _ = stop.waits().begin("waits for the registry or its token service to let it in", SOON)) {
            return stop.await(this.flights.computeIfAbsent(key, (_) -> start(key, work)));
        }
    }

    private CompletableFuture<V> start(K key, Supplier<V> work) {
        CompletableFuture<V> flight = new CompletableFuture<>();
        Thread.ofVirtual().name("flight").start(() -> {
            // The flight is removed before it lands, so that a caller whom its result
            // does not help can start another.
            try {
                V value = work.get();
                this.flights.remove(key, flight);
                flight.complete(value);
            }
            catch (RuntimeException | Error ex) {
                this.flights.remove(key, flight);
                flight.completeExceptionally(ex);
            }
        });
        return flight;
    }

}
