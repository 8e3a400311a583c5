package store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import replication.Page;
import replication.PageRequest;
import replication.Refusal;
import replication.policy.Policies;
import replication.policy.Policy;

/** The table {@code policy}. */
public final class PolicyTable implements Policies {

    private final JdbcClient jdbc;

    public PolicyTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Policy insert(Policy policy) {
        return saved(policy, bind(this.jdbc.sql("""
                INSERT INTO policy (name, creator, src_registry_id, dest_registry_id, definition)
                VALUES (:name, :creator, :source, :destination, :definition::jsonb)
                RETURNING *
                """).param("creator", policy.creator()), policy)).orElseThrow();
    }

    @Override
    public Policy update(Policy policy) {
        return saved(policy, bind(this.jdbc.sql("""
                UPDATE policy
                SET name = :name, src_registry_id = :source, dest_registry_id = :destination,
                    definition = :definition::jsonb, update_time = now()
                WHERE id = :id
                RETURNING *
                """).param("id", policy.id()), policy)).orElseThrow(() -> new Refusal.Missing("policy", policy.id()));
    }

    private static StatementSpec bind(StatementSpec statement, Policy policy) {
        return statement.param("name", policy.name())
            .param("source", policy.srcRegistryId())
            .param("destination", policy.destRegistryId())
            .param("definition", PolicyJson.write(policy));
    }

    private static Optional<Policy> saved(Policy policy, StatementSpec statement) {
        try {
            return statement.query(PolicyTable::read).optional();
        }
        catch (DuplicateKeyException _) {
            throw new Refusal.Conflict("a policy named " + policy.name() + " exists already");
        }
        catch (DataIntegrityViolationException ex) {
            boolean source = String.valueOf(ex.getMessage()).contains("policy_source");
            throw new Refusal.Invalid(source ? "src_registry_id" : "dest_registry_id",
                    "there is no registry " + (source ? policy.srcRegistryId() : policy.destRegistryId()));
        }
    }

    /**
     * The row's lock makes a start that comes at the same time wait, and then find no
     * policy.
     */
    @Override
    public void delete(long id) {
        int deleted = this.jdbc.sql("""
                DELETE FROM policy
                WHERE id = :id
                  AND NOT EXISTS (SELECT 1 FROM execution WHERE policy_id = :id AND end_time IS NULL)
                """).param("id", id).update();
        if (deleted == 0) {
            if (find(id).isEmpty()) {
                throw new Refusal.Missing("policy", id);
            }
            throw new Refusal.Conflict("an execution of the policy goes on; stop it first");
        }
    }

    @Override
    public Optional<Policy> find(long id) {
        return this.jdbc.sql("SELECT * FROM policy WHERE id = :id").param("id", id).query(PolicyTable::read).optional();
    }

    @Override
    public Page<Policy> list(@Nullable String nameContains, PageRequest page) {
        return Page.of(this.jdbc.sql("""
                SELECT * FROM policy
                WHERE id > :after AND (:name::text IS NULL OR strpos(lower(name), lower(:name)) > 0)
                ORDER BY id LIMIT :rows
                """)
            .param("after", page.after())
            .param("name", nameContains)
            .param("rows", page.size() + 1)
            .query(PolicyTable::read)
            .list(), page.size());
    }

    private static Policy read(ResultSet row, int number) throws SQLException {
        Policy definition = PolicyJson.read(row.getString("definition"));
        return new Policy(row.getLong("id"), definition.name(), definition.description(), row.getString("creator"),
                row.getTimestamp("creation_time").toInstant(), row.getTimestamp("update_time").toInstant(),
                definition.srcRegistryId(), definition.srcNamespaces(), definition.destRegistryId(),
                definition.destNamespace(), definition.filters(), definition.triggers(), definition.deletion(),
                definition.override(), definition.enabled());
    }

}
