package oci.auth;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

import oci.model.StopSignal;
import oci.model.Waits;

/**
 * Does one piece of work for all who want it at the same time. It runs on a thread of its
 * own, so that one of them who stops does not take it from the others.
 */
final class SingleFlight<K, V> {

    private static final Duration SOON = Duration.ofSeconds(1);

    private final ConcurrentMap<K, CompletableFuture<V>> flights = new ConcurrentHashMap<>();

    /**
     * Joins the flight for a key or starts it. The work must first look whether it has
     * been done by a flight that has just landed.
     */
    V join(K key, Supplier<V> work, StopSignal stop) {
        try (Waits.Wait _ = stop.waits().begin("waits for the registry or its token service to let it in", SOON)) {
            return stop.await(this.flights.computeIfAbsent(key, (_) -> start(key, work)));
        }
    }

    private CompletableFuture<V> start(K key, Supplier<V> work) {
        CompletableFuture<V> flight = new CompletableFuture<>();
        Thread.ofVirtual().name("flight").start(() -> {
            // Out of the way before it lands: who is not helped by what it brings starts
            // another.
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
