package replication.registry;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import oci.model.Secret;
import org.jspecify.annotations.Nullable;
import replication.Page;
import replication.PageRequest;

/** The registries in the database. Their secrets lie there encrypted. */
public interface Registries {

    /**
     * Saves a new registry.
     * @throws replication.Refusal.Conflict where the name is taken
     */
    RegistryRecord insert(Registry registry, Health health);

    /**
     * Saves a registry that is there.
     * @throws replication.Refusal.Missing where it is not
     * @throws replication.Refusal.Conflict where the name is taken
     */
    RegistryRecord update(Registry registry, Health health);

    /**
     * Deletes a registry.
     * @throws replication.Refusal.Missing where there is none
     * @throws replication.Refusal.Conflict where policies use it, naming them
     */
    void delete(long id);

    Optional<RegistryRecord> find(long id);

    /**
     * By id.
     * @param nameContains part of the name, in any case
     */
    Page<RegistryRecord> list(@Nullable String nameContains, @Nullable String type, PageRequest page);

    /** The registry of exactly this name. */
    default Optional<RegistryRecord> named(String name) {
        return Page.all((page) -> list(name, null, page), (RegistryRecord each) -> each.registry().id())
            .filter((each) -> each.registry().name().equals(name))
            .findFirst();
    }

    /**
     * Takes the registries whose last check is older than a moment ago, each for one node
     * only.
     */
    List<Registry> claimForCheck(int limit);

    void recordHealth(long id, Health health);

    /**
     * A node has run out of memory while it read answers of these. One of which that is
     * told twice within a day is in quarantine for a day, or until it is edited.
     */
    void exhausted(Set<Long> ids);

    /**
     * A registry with what is known of it.
     *
     * @param health as its last check has found it
     */
    record RegistryRecord(Registry registry, Health health) {

        /** How it is as far as this node can tell, which may have another key. */
        public Health healthHere() {
            return this.registry.credential().readable() ? this.health
                    : new Health(Health.Status.UNAUTHORIZED, Secret.LOCKED, this.health.checkedAt());
        }

    }

}
