package replication.execution.flow;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import oci.model.StopSignal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import replication.execution.task.Claim;
import replication.execution.task.Tasks;

/** The tasks that run on this node, each with its stop signal. */
public final class RunningTasks {

    private static final Logger LOG = LoggerFactory.getLogger(RunningTasks.class);

    /** How old an answer about stops may be when a tag is put. */
    private static final long FRESH_NANOS = 5_000_000_000L;

    private final Map<Claim, StopSignal> signals = new ConcurrentHashMap<>();

    private final Tasks tasks;

    /** When the last question that was answered was asked, in nanoseconds. */
    private volatile long asked = System.nanoTime() - FRESH_NANOS;

    private volatile boolean handingBack;

    private volatile boolean full;

    public RunningTasks(Tasks tasks) {
        this.tasks = tasks;
    }

    StopSignal enter(Claim claim) {
        long claimed = System.nanoTime();
        StopSignal signal = new StopSignal(() -> fresh(claimed));
        this.signals.put(claim, signal);
        if (this.handingBack) {
            signal.handBack();
        }
        return signal;
    }

    // Well below the time after which a silent node has lost its tasks.
    private boolean fresh(long claimed) {
        long now = System.nanoTime();
        return now - claimed < FRESH_NANOS || now - this.asked < FRESH_NANOS;
    }

    void leave(Claim claim) {
        this.signals.remove(claim);
        synchronized (this) {
            notifyAll();
        }
    }

    /** Waits until nothing runs here any more, at most for this time. */
    public synchronized void awaitNone(Duration most) {
        long end = System.nanoTime() + most.toNanos();
        try {
            for (long rest = most.toMillis(); rest > 0
                    && !this.signals.isEmpty(); rest = (end - System.nanoTime()) / 1_000_000) {
                wait(rest);
            }
        }
        catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    public int count() {
        return this.signals.size();
    }

    /** Asks the database, in one statement, which tasks are to stop, and stops them. */
    public void applyStops() {
        long begun = System.nanoTime();
        List<Claim> running = List.copyOf(this.signals.keySet());
        if (running.isEmpty()) {
            return;
        }
        List<Claim> stopping = this.tasks.toStop(running).stream().filter(this::goesOn).toList();
        if (!stopping.isEmpty()) {
            Set<Claim> forGood = Set.copyOf(this.tasks.stoppedForGood(stopping));
            stopping.forEach((claim) -> stop(claim, forGood.contains(claim)));
        }
        this.asked = begun;
    }

    private boolean goesOn(Claim claim) {
        StopSignal signal = this.signals.get(claim);
        return signal != null && !signal.stopped();
    }

    private void stop(Claim claim, boolean forGood) {
        StopSignal signal = this.signals.get(claim);
        if (signal == null) {
            return;
        }
        LOG.info("stopping task {}", claim.key());
        if (forGood) {
            signal.stop();
        }
        else {
            signal.handBack();
        }
    }

    /** Stops all tasks, for the node goes down: they go back to the backlog. */
    public void handBack() {
        this.handingBack = true;
        this.signals.values().forEach(StopSignal::handBack);
    }

    /** From here on this node moves nothing into the queue. */
    public void takeNoMore() {
        this.full = true;
    }

    public boolean takesMore() {
        return !this.full;
    }

}
