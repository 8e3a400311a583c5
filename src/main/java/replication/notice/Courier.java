package replication.notice;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import replication.execution.RetryPlan;

/**
 * Takes letters from the outbox, no more at once than this node sends side by side, and
 * writes down what came of each.
 */
public final class Courier {

    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

    private final Deliveries deliveries;

    private final RetryPlan pauses;

    private final AtomicInteger room;

    /**
     * Begins with nothing on its way.
     * @param pauses between attempts; how many there are is the outbox's affair
     * @param atOnce letters at most
     */
    public Courier(Deliveries deliveries, RetryPlan pauses, int atOnce) {
        this.deliveries = deliveries;
        this.pauses = pauses;
        this.room = new AtomicInteger(atOnce);
    }

    /** The next letters; each is to be followed by its end. */
    public synchronized List<Letter> take() {
        int free = this.room.get();
        List<Letter> letters = (free > 0) ? this.deliveries.claim(free) : List.of();
        this.room.addAndGet(-letters.size());
        return letters;
    }

    /**
     * A receiver has answered.
     * @param status of HTTP
     * @return whether the letter has arrived
     */
    public boolean answered(Letter letter, int status) {
        if (status >= 200 && status < 300) {
            return arrived(letter);
        }
        failed(letter,
                (status >= 300 && status < 400)
                        ? "the receiver answered %d, and redirects are not followed".formatted(status)
                        : "the receiver answered " + status);
        return false;
    }

    /** The letter has arrived. */
    public boolean arrived(Letter letter) {
        try {
            this.deliveries.delivered(letter);
        }
        finally {
            this.room.incrementAndGet();
        }
        return true;
    }

    /**
     * The letter has not arrived.
     * @param why without any secret
     */
    public void failed(Letter letter, String why) {
        try {
            Duration pause = this.pauses.after(letter.attempt(), ThreadLocalRandom.current()).orElseThrow();
            boolean dead = this.deliveries.failed(letter, why, pause);
            LOG.atLevel((dead || letter.attempt() == 1) ? Level.WARN : Level.DEBUG)
                .log("tell {} of {} (delivery {}, {}): {}; {}", letter.subscription(), letter.notice().event().id(),
                        letter.delivery(), letter.target().shown(), why,
                        dead ? "given up" : "tried again in %.1f s".formatted(pause.toMillis() / 1000.0));
        }
        finally {
            this.room.incrementAndGet();
        }
    }

}
