package replication.policy;

import java.util.Optional;

import org.jspecify.annotations.Nullable;
import replication.Page;
import replication.PageRequest;

/** The policies in the database. */
public interface Policies {

    /**
     * Saves a new policy.
     * @throws replication.Refusal.Conflict if the name is taken
     * @throws replication.Refusal.Invalid if a registry does not exist
     */
    Policy insert(Policy policy);

    /**
     * Saves changes of a policy; its creator and creation time stay.
     * @throws replication.Refusal.Missing if it does not exist
     * @throws replication.Refusal.Conflict if the name is taken
     * @throws replication.Refusal.Invalid if a registry does not exist
     */
    Policy update(Policy policy);

    /**
     * Deletes a policy; its executions stay as history.
     * @throws replication.Refusal.Missing if there is none
     * @throws replication.Refusal.Conflict if an execution of it has not ended
     */
    void delete(long id);

    Optional<Policy> find(long id);

    /**
     * By id.
     * @param nameContains part of the name, in any case
     */
    Page<Policy> list(@Nullable String nameContains, PageRequest page);

    /** The policy of exactly this name. */
    default Optional<Policy> named(String name) {
        return Page.all((page) -> list(name, page), Policy::id).filter((each) -> each.name().equals(name)).findFirst();
    }

}
