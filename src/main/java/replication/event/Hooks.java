package replication.event;

import java.util.List;
import java.util.Optional;

/** The hooks in the database, which has the hashes of their tokens only. */
public interface Hooks {

    /**
     * Saves one.
     * @throws replication.Refusal.Missing if there is no such registry
     */
    Hook insert(Hook hook, String tokenHash);

    Optional<Hook> byToken(String tokenHash);

    /** The hooks of a registry, by id. */
    List<Hook> of(long registryId);

    /**
     * Deletes one.
     * @throws replication.Refusal.Missing if there is none
     */
    void delete(long registryId, long id);

}
