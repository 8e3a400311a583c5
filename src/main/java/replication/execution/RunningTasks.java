package replication.execution;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this node is working on, and how each is told to stop. */
public final class RunningTasks {

    private static final Logger LOG = LoggerFactory.getLogger(RunningTasks.class);

    private final Map<Claim, StopSignal> signals = new ConcurrentHashMap<>();

    private final Tasks tasks;

    private volatile boolean handingBack;

    public RunningTasks(Tasks tasks) {
        this.tasks = tasks;
    }

    StopSignal enter(Claim claim) {
        StopSignal signal = new StopSignal();
        this.signals.put(claim, signal);
        if (this.handingBack) {
            signal.stop();
        }
        return signal;
    }

    void leave(Claim claim) {
        this.signals.remove(claim);
    }

    public int count() {
        return this.signals.size();
    }

    /** Asks the database, in one statement, which tasks are to stop, and stops them. */
    public void look() {
        List<Claim> running = List.copyOf(this.signals.keySet());
        if (running.isEmpty()) {
            return;
        }
        for (Claim claim : this.tasks.toStop(running)) {
            StopSignal signal = this.signals.get(claim);
            if (signal != null && !signal.stopped()) {
                LOG.info("stopping task {}", claim.key());
                signal.stop();
            }
        }
    }

    /** The node goes down: everything stops and goes back to the backlog. */
    public void handBack() {
        this.handingBack = true;
        this.signals.values().forEach(StopSignal::stop);
    }

    boolean handingBack() {
        return this.handingBack;
    }

}
