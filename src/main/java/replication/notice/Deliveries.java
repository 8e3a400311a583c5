package replication.notice;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import replication.Page;
import replication.PageRequest;

/**
 * The outbox: notices that wait and those that were sent. A subscription's notices are
 * sent one after the other, each by one node; a notice that is given up makes room for
 * the next.
 */
public interface Deliveries {

    /**
     * Takes the notices that are due, at most one of each subscription. They become due
     * again if their end is not written within a minute.
     */
    List<OutgoingNotice> claim(int limit);

    /** The notice has arrived. */
    void delivered(OutgoingNotice outgoing);

    /**
     * The notice has not arrived. It is tried again, or given up after too long a time.
     * @return whether it was given up
     */
    boolean failed(OutgoingNotice outgoing, String why, Duration pause);

    /**
     * The deliveries of one subscription, by id.
     * @throws replication.Refusal.Missing if there is no such subscription
     */
    Page<Delivery> list(long subscription, Delivery.@Nullable State state, PageRequest page);

    /**
     * Queues a delivery that was given up again, behind those that wait.
     * @throws replication.Refusal.Missing if there is no such delivery
     * @throws replication.Refusal.Conflict if it was not given up
     */
    Delivery retry(long subscription, long delivery);

    /** Deletes deliveries that ended long ago. */
    void purge();

}
