package e2e;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import fixtures.DrayageNodes;
import fixtures.DrayageProcess;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A place in the cluster, in which one node follows another. Says what befell them. */
final class Slot {

    private final String name;

    private final DrayageNodes nodes;

    private final Consumer<Deed> deeds;

    private int number;

    private @Nullable CompletableFuture<DrayageProcess> node;

    private CompletableFuture<?> waking = CompletableFuture.completedFuture(null);

    Slot(String name, DrayageNodes nodes, Consumer<Deed> deeds) {
        this.name = name;
        this.nodes = nodes;
        this.deeds = deeds;
    }

    synchronized void begin() {
        this.number++;
        String next = nodeName();
        this.node = CompletableFuture.supplyAsync(() -> start(next), Thread::startVirtualThread);
    }

    // The database may be away at this moment: then the start fails, and whoever
    // supervises it tries again.
    private DrayageProcess start(String next) {
        for (int tries = 1;; tries++) {
            try {
                return this.nodes.start(next);
            }
            catch (AssertionError ex) {
                if (tries == 5) {
                    throw ex;
                }
            }
        }
    }

    /** What its node owns in the database begins with this and a dash. */
    synchronized String nodeName() {
        return this.name + "x" + this.number;
    }

    /** Whether its node is there, and not paused. */
    synchronized boolean working() {
        return this.node != null && this.node.isDone() && !this.node.isCompletedExceptionally() && this.waking.isDone();
    }

    synchronized DrayageProcess node() {
        if (this.node == null) {
            throw new IllegalStateException("not begun");
        }
        return this.node.join();
    }

    /** {@code kill -9}; another follows. */
    synchronized void kill() {
        long from = System.nanoTime();
        node().kill();
        this.deeds.accept(new Deed("KILL", from, System.nanoTime()));
        begin();
    }

    /** SIGTERM; another follows when it has ended. */
    synchronized void terminate() {
        DrayageProcess process = node();
        long from = System.nanoTime();
        process.signal("TERM");
        this.number++;
        String next = nodeName();
        this.node = CompletableFuture.supplyAsync(() -> {
            Awaitility.await("it ends by itself").atMost(Duration.ofSeconds(60)).until(() -> !process.alive());
            this.deeds.accept(new Deed("TERM", from, System.nanoTime()));
            return start(next);
        }, Thread::startVirtualThread);
    }

    /**
     * Stops it for a while. What it does in the first second afterwards it had begun
     * before.
     */
    synchronized void pause(Duration pause) {
        DrayageProcess process = node();
        long from = System.nanoTime();
        process.signal("STOP");
        this.deeds.accept(new Deed("STOP", from, System.nanoTime()));
        this.waking = CompletableFuture.runAsync(() -> {
            long on = System.nanoTime();
            process.signal("CONT");
            this.deeds.accept(new Deed("CONT", on, on + 1_000_000_000));
        }, CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS));
    }

    void goOn() {
        CompletableFuture<?> pending;
        synchronized (this) {
            pending = this.waking;
        }
        pending.join();
    }

    void end() {
        goOn();
        CompletableFuture<DrayageProcess> last;
        synchronized (this) {
            last = this.node;
        }
        if (last != null) {
            last.handle((process, _) -> process).thenAccept((process) -> {
                if (process != null) {
                    process.kill();
                }
            }).join();
        }
    }

}
