package replication.registry;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import oci.model.Secret;
import org.jspecify.annotations.Nullable;
import replication.Page;
import replication.PageRequest;

/** The registries in the database, where their secrets are encrypted. */
public interface Registries {

    /**
     * Saves a new registry.
     * @throws replication.Refusal.Conflict if the name is taken
     */
    RegistryRecord insert(Registry registry, Health health);

    /**
     * Saves changes to a registry.
     * @throws replication.Refusal.Missing if it does not exist
     * @throws replication.Refusal.Conflict if the name is taken
     */
    RegistryRecord update(Registry registry, Health health);

    /**
     * Deletes a registry.
     * @throws replication.Refusal.Missing if there is none
     * @throws replication.Refusal.Conflict if policies use it, with their names
     */
    void delete(long id);

    Optional<RegistryRecord> find(long id);

    /**
     * Lists registries by id.
     * @param nameContains part of the name; case does not matter
     */
    Page<RegistryRecord> list(@Nullable String nameContains, @Nullable String type, PageRequest page);

    /** The registry of exactly this name. */
    default Optional<RegistryRecord> named(String name) {
        return Page.all((page) -> list(name, null, page), (RegistryRecord each) -> each.registry().id())
            .filter((each) -> each.registry().name().equals(name))
            .findFirst();
    }

    /**
     * Claims registries whose check is due. A registry is claimed by one node at a time.
     */
    List<Registry> claimForCheck(int limit);

    void recordHealth(long id, Health health);

    /**
     * Records that a node ran out of memory while it read answers of these registries. A
     * registry with two such records within a day is in quarantine for a day or until it
     * is edited.
     */
    void exhausted(Set<Long> ids);

    /**
     * A registry with its health.
     *
     * @param health the result of its last check
     */
    record RegistryRecord(Registry registry, Health health) {

        /**
         * The health for this node, because a node with another key cannot open the
         * registry's secrets.
         */
        public Health healthHere() {
            return this.registry.readable() ? this.health
                    : new Health(Health.Status.UNAUTHORIZED, Secret.LOCKED, this.health.checkedAt());
        }

    }

}
