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
 * Takes letters from the outbox, no more at once than this node sends side by side, and
 * writes down what came of each.
 */
public final class NoticeSender {

    private static final Logger LOG = LoggerFactory.getLogger(NoticeSender.class);

    private final Deliveries deliveries;

    private final RetryPlan pauses;

    private final AtomicInteger room;

    /**
     * Begins with nothing on its way.
     * @param pauses between attempts; how many there are is the outbox's affair
     * @param atOnce letters at most
     */
    public NoticeSender(Deliveries deliveries, RetryPlan pauses, int atOnce) {
        this.deliveries = deliveries;
        this.pauses = pauses;
        this.room = new AtomicInteger(atOnce);
    }

    /** The next letters; each is to be followed by its end. */
    public synchronized List<OutgoingNotice> take() {
        int free = this.room.get();
        List<OutgoingNotice> letters = (free > 0) ? this.deliveries.claim(free) : List.of();
        this.room.addAndGet(-letters.size());
        return letters;
    }

    /**
     * A letter is no longer on its way.
     * @param why it has not arrived, without any secret; empty where it has
     * @return whether it has arrived
     */
    public boolean ended(OutgoingNotice letter, String why) {
        try {
            if (why.isEmpty()) {
                this.deliveries.delivered(letter);
            }
            else {
                failed(letter, why);
            }
        }
        finally {
            this.room.incrementAndGet();
        }
        return why.isEmpty();
    }

    private void failed(OutgoingNotice letter, String why) {
        Duration pause = this.pauses.after(letter.attempt(), ThreadLocalRandom.current()).orElseThrow();
        boolean dead = this.deliveries.failed(letter, why, pause);
        LOG.atLevel((dead || letter.attempt() == 1) ? Level.WARN : Level.DEBUG)
            .log("tell {} of {} (delivery {}, {}): {}; {}", letter.subscription(), letter.notice().event().id(),
                    letter.delivery(), letter.target().shown(), why,
                    dead ? "given up" : "tried again in %.1f s".formatted(pause.toMillis() / 1000.0));
    }

}
