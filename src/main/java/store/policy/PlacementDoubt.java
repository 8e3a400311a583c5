package store.policy;

import java.net.URI;

import oci.model.RegistryAddress;
import replication.policy.Policy;
import replication.registry.Registry;
import store.sql.Database;

/**
 * Removes the digest from rows of {@code placement} that an edit makes doubtful: a
 * placement without a digest is never deleted. Called in the transaction of the edit,
 * before it.
 */
public record PlacementDoubt(Database database) {

    /** Forgets the digests of a policy whose source or mapping changes. */
    void before(Policy edit) {
        this.database.sql("""
                UPDATE placement a SET digest = ''
                FROM policy p
                WHERE p.id = :id AND a.policy_id = p.id AND a.digest <> ''
                AND (p.src_registry_id, p.src_namespaces, p.dest_namespace)
                    IS DISTINCT FROM (:source, :namespaces::jsonb, :dest_namespace)
                """)
            .param("id", edit.id())
            .param("source", edit.source().registryId())
            .param("namespaces", PolicyJson.write(edit.source().namespaces()))
            .param("dest_namespace", edit.destination().namespace())
            .update();
    }

    /** Forgets digests of a registry whose address changes. */
    public void before(Registry edit) {
        boolean moves = this.database.sql("SELECT url FROM registry WHERE id = :id FOR UPDATE")
            .param("id", edit.id())
            .query(String.class)
            .optional()
            .filter((url) -> !RegistryAddress.of(URI.create(url)).equals(RegistryAddress.of(edit.url())))
            .isPresent();
        if (moves) {
            this.database.sql("""
                    UPDATE placement SET digest = ''
                    WHERE digest <> '' AND (registry_id = :id
                        OR policy_id IN (SELECT id FROM policy WHERE src_registry_id = :id))
                    """).param("id", edit.id()).update();
        }
    }

}
