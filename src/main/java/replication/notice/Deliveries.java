package replication.notice;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import replication.Page;
import replication.PageRequest;

/**
 * What is to be told and has been: the outbox. A subscription's notices are sent one
 * after the other, each by one node; one that is given up makes room for the next.
 */
public interface Deliveries {

    /**
     * Takes letters whose turn it is, of each subscription one at most. They come up
     * again where nothing is heard of them for a minute.
     */
    List<OutgoingNotice> claim(int limit);

    /** It has arrived. */
    void delivered(OutgoingNotice letter);

    /**
     * It has not arrived. It is tried again, or given up where that has gone on for too
     * long.
     * @return whether it is given up
     */
    boolean failed(OutgoingNotice letter, String why, Duration pause);

    /**
     * Of one subscription, by id.
     * @throws replication.Refusal.Missing where there is no such subscription
     */
    Page<Delivery> list(long subscription, Delivery.@Nullable State state, PageRequest page);

    /**
     * Queues one again that was given up, behind those that wait.
     * @throws replication.Refusal.Missing where there is no such delivery
     * @throws replication.Refusal.Conflict where it was not given up
     */
    Delivery retry(long subscription, long delivery);

    /** Forgets those that ended long ago. */
    void purge();

}
