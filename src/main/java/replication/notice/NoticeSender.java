package replication.notice;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import replication.execution.state.RetryPlan;

/**
 * Takes notices from the outbox, no more at once than this node sends side by side, and
 * writes how each delivery has ended.
 */
public final class NoticeSender {

    private static final Logger LOG = LoggerFactory.getLogger(NoticeSender.class);

    private final Deliveries deliveries;

    private final RetryPlan pauses;

    private final AtomicInteger room;

    /**
     * Opens the sender.
     * @param pauses between attempts; the outbox decides how many there are
     * @param atOnce how many notices are sent side by side
     */
    public NoticeSender(Deliveries deliveries, RetryPlan pauses, int atOnce) {
        this.deliveries = deliveries;
        this.pauses = pauses;
        this.room = new AtomicInteger(atOnce);
    }

    /** Takes the next notices; each is to be followed by its {@link #end}. */
    public synchronized List<OutgoingNotice> take() {
        int free = this.room.get();
        List<OutgoingNotice> notices = (free > 0) ? this.deliveries.claim(free) : List.of();
        this.room.addAndGet(-notices.size());
        return notices;
    }

    /**
     * Writes how a notice's delivery has ended.
     * @return whether it has arrived
     */
    public boolean end(Delivered delivered) {
        boolean arrived = delivered.why().isEmpty();
        try {
            if (arrived) {
                this.deliveries.delivered(delivered.notice());
            }
            else {
                failed(delivered.notice(), delivered.why());
            }
        }
        finally {
            this.room.incrementAndGet();
        }
        return arrived;
    }

    private void failed(OutgoingNotice notice, String why) {
        Duration pause = this.pauses.after(notice.attempt(), ThreadLocalRandom.current()).orElseThrow();
        boolean dead = this.deliveries.failed(notice, why, pause);
        LOG.atLevel((dead || notice.attempt() == 1) ? Level.WARN : Level.DEBUG)
            .log("notify {} of {} (delivery {}, {}): {}; {}", notice.subscription(), notice.notice().event().id(),
                    notice.delivery(), notice.target().shown(), why,
                    dead ? "given up" : "tried again in %.1f s".formatted(pause.toMillis() / 1000.0));
    }

}
