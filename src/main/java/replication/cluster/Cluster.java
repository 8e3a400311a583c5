package replication.cluster;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.IntConsumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node among the others. The living nodes decide how the limits of hosts are shared
 * and how long the queue is.
 */
public final class Cluster {

    private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);

    /** A smaller difference of clocks cannot be measured over a busy network. */
    private static final Duration OFF = Duration.ofSeconds(2);

    private final Nodes nodes;

    private final Node self;

    private final Clock clock;

    private final IntConsumer onWorkers;

    private volatile int slots;

    private volatile Duration offset = Duration.ZERO;

    private int workers;

    private boolean toldOfClock;

    private List<String> toldOfFolders = List.of();

    /**
     * Makes this node known.
     * @param onWorkers receives the number of working nodes, this one included and at
     * least 1, when it changes
     */
    public Cluster(Nodes nodes, Node self, Clock clock, IntConsumer onWorkers) {
        this.nodes = nodes;
        this.self = self;
        this.clock = clock;
        this.onWorkers = onWorkers;
        this.slots = Math.max(1, self.slots());
    }

    /**
     * Joins the other nodes.
     * @throws KeyDiffers if one of them has another key, because neither could read
     * secrets that the other saves
     */
    public void join() {
        Nodes.Roll roll = this.nodes.beat(this.self);
        for (Node other : roll.living()) {
            if (!other.keyPrint().equals(this.self.keyPrint())) {
                this.nodes.leave(this.self.name());
                throw new KeyDiffers(other.name());
            }
        }
        take(roll);
    }

    /** Sends this node's heartbeat; called every few seconds. */
    public void beat() {
        take(this.nodes.beat(this.self));
    }

    public void leave() {
        this.nodes.leave(this.self.name());
    }

    /** How many tasks the whole cluster works on at once, at least 1. */
    public int slots() {
        return this.slots;
    }

    /** The database's time, as exactly as this node knows it. */
    public Instant now() {
        return this.clock.instant().plus(this.offset);
    }

    private synchronized void take(Nodes.Roll roll) {
        List<Node> working = roll.living().stream().filter(Node::works).toList();
        this.slots = Math.max(1, working.stream().mapToInt(Node::slots).sum());
        if (this.workers != Math.max(1, working.size())) {
            this.workers = Math.max(1, working.size());
            LOG.info("{} nodes work: {}", working.size(), working.stream().map(Node::name).sorted().toList());
            this.onWorkers.accept(this.workers);
        }
        this.offset = Duration.between(this.clock.instant(), roll.now());
        reportClock();
        reportFolders(roll);
    }

    private void reportClock() {
        boolean off = this.offset.abs().compareTo(OFF) > 0;
        if (off && !this.toldOfClock) {
            LOG.warn("the clock of this node is {} s {} the database's; leases and retries use the database's",
                    this.offset.abs().toSeconds(), this.offset.isNegative() ? "ahead of" : "behind");
        }
        this.toldOfClock = off;
    }

    private void reportFolders(Nodes.Roll roll) {
        List<String> others = roll.living()
            .stream()
            .filter((other) -> !other.layoutMark().equals(this.self.layoutMark()))
            .map(Node::name)
            .sorted()
            .toList();
        if (!others.isEmpty() && !others.equals(this.toldOfFolders)) {
            List<String> folders = this.nodes.folders();
            if (folders.isEmpty()) {
                return;
            }
            LOG.warn(
                    "the registries {} are folders, but {} {} another folder of layouts than this node: share it "
                            + "(DRAYAGE_LAYOUT_ROOT), or the content depends on the node that works",
                    folders, others, (others.size() == 1) ? "has" : "have");
        }
        this.toldOfFolders = others;
    }

    /** Another node has another key. */
    public static final class KeyDiffers extends RuntimeException {

        private static final long serialVersionUID = 1L;

        KeyDiffers(String other) {
            super("node " + other + " on the same database has another key: give all nodes the same DRAYAGE_KEY");
        }

    }

}
