package replication.policy;

import java.util.Optional;

import org.jspecify.annotations.Nullable;
import replication.Page;
import replication.PageRequest;

/** The policies in the database. */
public interface Policies {

    /**
     * Saves a new policy.
     * @throws replication.Refusal.Conflict where the name is taken
     * @throws replication.Refusal.Invalid where a registry does not exist
     */
    Policy insert(Policy policy);

    /**
     * Saves a policy that is there; its creator and creation time stay.
     * @throws replication.Refusal.Missing where it is not
     * @throws replication.Refusal.Conflict where the name is taken
     * @throws replication.Refusal.Invalid where a registry does not exist
     */
    Policy update(Policy policy);

    /**
     * Deletes a policy; its executions stay as history.
     * @throws replication.Refusal.Missing where there is none
     * @throws replication.Refusal.Conflict where an execution of it has not ended
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
        PageRequest page = new PageRequest(0, PageRequest.MAX_SIZE);
        while (true) {
            Page<Policy> found = list(name, page);
            Optional<Policy> exact = found.items().stream().filter((each) -> each.name().equals(name)).findFirst();
            if (exact.isPresent() || !found.more()) {
                return exact;
            }
            Policy each = found.items().getLast();
            page = new PageRequest(each.id(), PageRequest.MAX_SIZE);
        }
    }

}
