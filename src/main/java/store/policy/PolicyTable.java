package store.policy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import replication.Page;
import replication.PageRequest;
import replication.Refusal;
import replication.access.Caller;
import replication.policy.Policies;
import replication.policy.Policy;
import store.sql.Changes;
import store.sql.Database;

/** The table {@code policy}. */
public final class PolicyTable implements Policies {

    /** The columns that a client writes, named like the fields of the policy's JSON. */
    private static final String COLUMNS = """
            name, description, src_registry_id, src_namespaces, dest_registry_id, dest_namespace, filters, allow_empty,
            triggers, deletion, override, foreign_layers, enabled, priority, overlap, max_tasks, bandwidth""";

    private final Database database;

    private final Consumer<Policy> timetable;

    private final Changes changes;

    /**
     * Opens the table.
     * @param timetable saves the times of a policy in the transaction that saves the
     * policy
     */
    public PolicyTable(Database database, Consumer<Policy> timetable) {
        this.database = database;
        this.timetable = timetable;
        this.changes = new Changes(database);
    }

    @Override
    public Policy insert(Policy policy) {
        return this.database.inTransaction(() -> {
            Policy saved = insert(this.database, policy, false);
            this.timetable.accept(saved);
            return saved;
        });
    }

    public static Policy insert(Database database, Policy policy, boolean oneKick) {
        return save(database.sql("""
                INSERT INTO policy (creator, one_kick, %1$s)
                SELECT :creator, :one_kick, %1$s FROM jsonb_populate_record(NULL::policy, :policy::jsonb)
                RETURNING to_jsonb(policy) AS policy
                """.formatted(COLUMNS))
            .param("creator", policy.authorship().creator())
            .param("one_kick", oneKick)
            .param("policy", PolicyJson.write(policy)), policy).orElseThrow();
    }

    /** A new priority also applies to waiting tasks. */
    @Override
    public Policy update(Policy policy) {
        return this.database.inTransaction(() -> {
            new PlacementDoubt(this.database).before(policy);
            Policy saved = write(policy);
            prioritise(saved);
            this.timetable.accept(saved);
            return saved;
        });
    }

    private void prioritise(Policy policy) {
        int priority = policy.scheduling().priority();
        Map<Long, String> moved = this.database.sql("""
                UPDATE execution SET priority = :priority
                WHERE policy_id = :id AND state IN ({execution open})
                AND priority <> :priority
                RETURNING id, state
                """)
            .param("priority", priority)
            .param("id", policy.id())
            .query((row, number) -> Map.entry(row.getLong("id"), row.getString("state")))
            .list()
            .stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        this.database.sql("""
                UPDATE scheduled_tasks j SET priority = :priority
                FROM unnest(:moved::bigint[]) AS moved (id)
                WHERE NOT j.picked AND (j.task_name = 'discover' AND j.task_instance = moved.id::text
                    OR j.task_name = 'transfer' AND split_part(j.task_instance, '/', 1) = moved.id::text)
                """).param("priority", priority).param("moved", moved.keySet().toArray(Long[]::new)).update();
        moved.forEach((id, state) -> this.changes.execution(id, Caller.DRAYAGE, state,
                "has priority " + priority + ", as its policy has now"));
    }

    private Policy write(Policy policy) {
        return save(this.database.sql("""
                UPDATE policy
                SET (update_time, %1$s)
                    = (SELECT now(), %1$s FROM jsonb_populate_record(NULL::policy, :policy::jsonb))
                WHERE id = :id
                RETURNING to_jsonb(policy) AS policy
                """.formatted(COLUMNS)).param("id", policy.id()).param("policy", PolicyJson.write(policy)), policy)
            .orElseThrow(() -> new Refusal.Missing("policy", policy.id()));
    }

    private static Optional<Policy> save(JdbcClient.StatementSpec statement, Policy policy) {
        try {
            return statement.query(PolicyTable::read).optional();
        }
        catch (DuplicateKeyException ex) {
            throw new Refusal.Conflict("the name " + policy.name() + " is taken by another policy");
        }
        catch (DataIntegrityViolationException ex) {
            String reason = String.valueOf(ex.getMessage());
            if (reason.contains("policy_src_registry_fkey")) {
                throw new Refusal.Invalid("src_registry_id", "there is no registry " + policy.source().registryId());
            }
            if (reason.contains("policy_dest_registry_fkey")) {
                throw new Refusal.Invalid("dest_registry_id",
                        "there is no registry " + policy.destination().registryId());
            }
            throw ex;
        }
    }

    // The policy's row is locked first, as in ExecutionStart, so that no execution can
    // start between the query and the deletion.
    @Override
    public void delete(long id) {
        this.database.inTransaction(() -> {
            if (this.database.sql("SELECT id FROM policy WHERE id = :id FOR UPDATE")
                .param("id", id)
                .query(Long.class)
                .optional()
                .isEmpty()) {
                throw new Refusal.Missing("policy", id);
            }
            this.database.sql("""
                    SELECT id FROM execution
                    WHERE policy_id = :id AND state IN ({execution open})
                    LIMIT 1
                    """).param("id", id).query(Long.class).optional().ifPresent((execution) -> {
                throw new Refusal.Conflict(
                        "execution " + execution + " of policy " + id + " has not ended: stop it first");
            });
            this.database.sql("DELETE FROM policy WHERE id = :id").param("id", id).update();
        });
    }

    @Override
    public Optional<Policy> find(long id) {
        return this.database.sql("SELECT to_jsonb(p) AS policy FROM policy p WHERE id = :id")
            .param("id", id)
            .query(PolicyTable::read)
            .optional();
    }

    @Override
    public Page<Policy> list(@Nullable String nameContains, PageRequest page) {
        return Page.of(this.database.sql("""
                SELECT to_jsonb(p) AS policy FROM policy p
                WHERE id > :after AND NOT one_kick
                AND (:part::text IS NULL OR position(lower(:part) IN lower(name)) > 0)
                ORDER BY id
                LIMIT :limit
                """)
            .param("after", page.after())
            .param("part", nameContains)
            .param("limit", page.size() + 1)
            .query(PolicyTable::read)
            .list(), page.size());
    }

    /**
     * Reads a row's column {@code policy}, which is {@code to_jsonb} of the policy's row.
     */
    public static Policy read(ResultSet row, int number) throws SQLException {
        return PolicyJson.read(row.getString("policy"), Policy.class);
    }

}
