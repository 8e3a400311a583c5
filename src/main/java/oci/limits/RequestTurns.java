package oci.limits;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;

import oci.model.Rates;
import oci.model.Rates.Kind;

/**
 * Spaces the requests to one host for one account out, so that no more of a kind start in
 * a second than the host takes.
 */
final class RequestTurns {

    private final Map<Long, Rates> byRegistry = new HashMap<>();

    private volatile Rates rates = Rates.NONE;

    private volatile IntSupplier nodes = () -> 1;

    /** By {@link System#nanoTime()}: when the last request of a kind may start. */
    private final Map<Kind, AtomicLong> lastStart = new EnumMap<>(Kind.class);

    RequestTurns() {
        for (Kind kind : Kind.values()) {
            this.lastStart.put(kind, new AtomicLong(System.nanoTime()));
        }
    }

    /**
     * Sets the rates of one registry; the strictest of all registries at the host hold.
     * @param nodes how many nodes share them, asked for each request
     */
    synchronized void set(long registry, Rates asked, IntSupplier nodes) {
        this.byRegistry.put(registry, asked);
        this.rates = this.byRegistry.values().stream().reduce(Rates.NONE, Rates::strictest);
        this.nodes = nodes;
    }

    boolean unlimited() {
        return this.rates.perSecond().values().stream().allMatch((rate) -> rate == 0);
    }

    /** Takes the next turn; it is in so long. */
    Duration take(Kind kind) {
        long now = System.nanoTime();
        long wait = 0;
        for (Kind each : counted(kind)) {
            long spacing = spacing(each);
            long start = last(each).updateAndGet((last) -> (last + spacing - now > 0) ? last + spacing : now);
            wait = Math.max(wait, start - now);
        }
        return Duration.ofNanos(wait);
    }

    /** Leaves a turn that was taken to others. */
    void leave(Kind kind) {
        counted(kind).forEach((each) -> last(each).addAndGet(-spacing(each)));
    }

    private List<Kind> counted(Kind kind) {
        return List.of(Kind.ALL, kind).stream().distinct().filter((each) -> this.rates.of(each) > 0).toList();
    }

    private long spacing(Kind kind) {
        int rate = this.rates.of(kind);
        return (rate == 0) ? 0 : Duration.ofSeconds(this.nodes.getAsInt()).dividedBy(rate).toNanos();
    }

    private AtomicLong last(Kind kind) {
        AtomicLong last = this.lastStart.get(kind);
        if (last == null) {
            throw new IllegalStateException("no turns of " + kind);
        }
        return last;
    }

}
