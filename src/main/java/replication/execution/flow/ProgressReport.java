package replication.execution.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import replication.execution.task.Progress;
import replication.execution.task.Progresses;
import replication.execution.task.TaskProgress;

/** Writes the progress of this node's tasks: those that have moved, in one statement. */
public final class ProgressReport {

    private final Progresses progresses;

    private final LongSupplier nanoTime;

    private final Map<TransferRun, Entry> running = new ConcurrentHashMap<>();

    public ProgressReport(Progresses progresses) {
        this(progresses, System::nanoTime);
    }

    ProgressReport(Progresses progresses, LongSupplier nanoTime) {
        this.progresses = progresses;
        this.nanoTime = nanoTime;
    }

    void enter(TransferRun run) {
        this.running.put(run, new Entry());
    }

    void leave(TransferRun run) {
        this.running.remove(run);
    }

    /** To be called once a second. */
    public synchronized void write() {
        List<TaskProgress> moved = new ArrayList<>();
        List<Runnable> written = new ArrayList<>();
        List<TransferRun> waiting = new ArrayList<>();
        this.running.forEach((run, entry) -> {
            Progress now = run.progress(entry.rates, this.nanoTime.getAsLong());
            if (!now.waits().isEmpty()) {
                waiting.add(run);
            }
            if (!now.equals(entry.written)) {
                moved.add(new TaskProgress(run.claim(), now));
                written.add(() -> entry.written = now);
            }
        });
        if (!moved.isEmpty() && this.progresses.write(moved)) {
            written.forEach(Runnable::run);
        }
        waiting.forEach(TransferRun::flushLog);
    }

    private static final class Entry {

        private final RateMeter rates = new RateMeter();

        private @Nullable Progress written;

    }

}
