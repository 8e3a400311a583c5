package replication.notice;

import java.util.Optional;

import replication.Page;
import replication.PageRequest;

/** The subscriptions in the database. Their URLs and secrets lie there encrypted. */
public interface Subscriptions {

    /**
     * Saves a new subscription.
     * @throws replication.Refusal.Conflict where the name is taken
     * @throws replication.Refusal.Invalid where its policy does not exist
     */
    Subscription insert(Subscription subscription);

    /**
     * Saves a subscription that is there.
     * @throws replication.Refusal.Missing where it is not
     * @throws replication.Refusal.Conflict where the name is taken
     * @throws replication.Refusal.Invalid where its policy does not exist
     */
    Subscription update(Subscription subscription);

    /**
     * Deletes a subscription with all that it was to be told.
     * @throws replication.Refusal.Missing where there is none
     */
    void delete(long id);

    Optional<Subscription> find(long id);

    /** By id. */
    Page<Subscription> list(PageRequest page);

}
