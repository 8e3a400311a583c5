package store.task;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import oci.model.RegistryAddress;
import org.springframework.jdbc.core.simple.JdbcClient;
import replication.execution.copy.Outcome;
import replication.execution.copy.Placements;
import replication.execution.copy.Subject;
import replication.execution.task.ClaimedTask;
import replication.execution.task.TaskKey;
import replication.policy.NamespaceMapping;
import replication.policy.Policy;
import store.policy.PolicyTable;
import store.sql.Database;

/**
 * The table {@code placement}: the artifacts that a policy has copied, with their
 * destinations.
 */
final class PlacementTable {

    private static final String MINE = """
            policy_id = :policy AND registry_id = :registry AND resource_type = :type AND repository = :repository""";

    private final Database database;

    PlacementTable(Database database) {
        this.database = database;
    }

    /** Records copies, sorted by reference so that two writers never deadlock. */
    void put(ClaimedTask task, List<Outcome> copied) {
        if (copied.isEmpty()) {
            return;
        }
        this.database.sql("""
                INSERT INTO placement (policy_id, registry_id, resource_type, repository, tag, role, digest,
                    execution_id, time)
                SELECT :policy, :registry, :type, :repository, c.*, :execution, now()
                FROM unnest(:tags::text[], :roles::text[], :digests::text[]) AS c (tag, role, digest)
                ORDER BY c.tag COLLATE "C"
                ON CONFLICT (policy_id, registry_id, resource_type, repository, tag) DO UPDATE
                SET digest = excluded.digest, execution_id = excluded.execution_id, time = excluded.time
                """)
            .param("policy", task.policy().id())
            .param("registry", task.destRegistryId())
            .param("type", task.resource().id())
            .param("repository", task.destination())
            .param("execution", task.claim().key().executionId())
            .param("tags", copied.stream().map(Outcome::reference).toArray(String[]::new))
            .param("roles", copied.stream().map((outcome) -> outcome.subject().role()).toArray(String[]::new))
            .param("digests", copied.stream().map(Outcome::digest).toArray(String[]::new))
            .update();
    }

    /** Forgets deleted artifacts. */
    void remove(ClaimedTask task, List<Outcome> deleted) {
        if (deleted.isEmpty()) {
            return;
        }
        within("""
                DELETE FROM placement
                WHERE {mine} AND tag = ANY (:tags)
                """, task).param("tags", deleted.stream().map(Outcome::reference).toArray(String[]::new)).update();
    }

    Placements of(ClaimedTask task) {
        return new Placements() {

            @Override
            public Optional<String> digest(Subject subject) {
                return PlacementTable.this.database.inTransaction(() -> within("""
                        SELECT digest FROM placement
                        WHERE {mine} AND tag = :tag
                        """, task).param("tag", subject.reference()).query(String.class).optional());
            }

            @Override
            public Stream<Subject> subjects() {
                return PlacementTable.this.database
                    .inTransaction(() -> within("""
                            SELECT tag, role FROM placement
                            WHERE {mine}
                            """, task).query((row, number) -> Subject.of(row.getString("tag"), row.getString("role")))
                        .list())
                    .stream();
            }

            @Override
            public Optional<String> alsoBy(Subject subject) {
                return PlacementTable.this.database.inTransaction(() -> others(task, subject).stream()
                    .filter((policy) -> !deletesToo(policy, task))
                    .map(Policy::name)
                    .findFirst());
            }
        };
    }

    /**
     * The policies that have copied the same artifact there, through any registry row of
     * that place.
     */
    private List<Policy> others(ClaimedTask task, Subject subject) {
        return within("""
                SELECT to_jsonb(p) AS policy FROM placement mine
                JOIN placement other USING (resource_type, repository, tag, digest)
                JOIN policy p ON p.id = other.policy_id
                WHERE mine.policy_id = :policy AND mine.registry_id = :registry AND resource_type = :type
                AND repository = :repository
                AND tag = :tag AND other.registry_id = ANY (:place) AND p.id <> :policy
                ORDER BY p.id
                """, task).param("tag", subject.reference())
            .param("place", rows(task.destRegistryId()))
            .query(PolicyTable::read)
            .list();
    }

    /**
     * The rows of registries with the same address, which two rows may write in two ways.
     */
    private Long[] rows(long registry) {
        Map<Long, RegistryAddress> places = new LinkedHashMap<>();
        this.database.sql("SELECT id, url FROM registry").query((row) -> {
            places.put(row.getLong("id"), RegistryAddress.of(URI.create(row.getString("url"))));
        });
        RegistryAddress wanted = places.get(registry);
        return places.entrySet()
            .stream()
            .filter((place) -> place.getValue().equals(wanted))
            .map(Map.Entry::getKey)
            .toArray(Long[]::new);
    }

    /**
     * Whether the other policy would delete the artifact as well, because it replicates
     * deletions of the same repository.
     */
    private static boolean deletesToo(Policy other, ClaimedTask task) {
        return other.behaviour().deletion() && other.source().registryId() == task.policy().source().registryId()
                && NamespaceMapping.of(other).map(task.source()).filter(task.destination()::equals).isPresent();
    }

    private JdbcClient.StatementSpec within(String sql, ClaimedTask task) {
        return this.database.sql(sql.replace("{mine}", MINE))
            .param("policy", task.policy().id())
            .param("registry", task.destRegistryId())
            .param("type", task.resource().id())
            .param("repository", task.destination());
    }

    /**
     * Records artifacts that earlier attempts had announced and that are in place. The
     * digest stays empty, because the node that knew it is dead.
     */
    void putAnnounced(TaskKey key, int attempt) {
        this.database.sql("""
                INSERT INTO placement (policy_id, registry_id, resource_type, repository, tag, role, digest,
                    execution_id, time)
                SELECT e.policy_id, coalesce(nullif(t.dest_registry_id, 0), e.dest_registry_id), t.resource_type,
                    t.dest_resource, o.reference, o.role, '', e.id, now()
                FROM artifact_outcome o
                JOIN task t ON t.execution_id = o.execution_id AND t.id = o.task_id
                JOIN execution e ON e.id = o.execution_id
                WHERE o.execution_id = :execution AND o.task_id = :task AND o.attempt < :attempt AND o.result = 'open'
                ORDER BY o.reference
                ON CONFLICT (policy_id, registry_id, resource_type, repository, tag) DO UPDATE
                SET digest = excluded.digest, execution_id = excluded.execution_id, time = excluded.time
                """)
            .param("execution", key.executionId())
            .param("task", key.taskId())
            .param("attempt", attempt)
            .update();
    }

}
