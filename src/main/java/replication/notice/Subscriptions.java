package replication.notice;

import java.util.Optional;

import replication.Page;
import replication.PageRequest;

/** The subscriptions in the database. Their URLs and secrets are encrypted there. */
public interface Subscriptions {

    /**
     * Saves a new subscription.
     * @throws replication.Refusal.Conflict if the name is taken
     * @throws replication.Refusal.Invalid if its policy does not exist
     */
    Subscription insert(Subscription subscription);

    /**
     * Saves changes of a subscription.
     * @throws replication.Refusal.Missing if it does not exist
     * @throws replication.Refusal.Conflict if the name is taken
     * @throws replication.Refusal.Invalid if its policy does not exist
     */
    Subscription update(Subscription subscription);

    /**
     * Deletes a subscription with all its deliveries.
     * @throws replication.Refusal.Missing if there is none
     */
    void delete(long id);

    Optional<Subscription> find(long id);

    /** By id. */
    Page<Subscription> list(PageRequest page);

}
