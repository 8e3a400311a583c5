package store.registry;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import replication.Page;
import replication.PageRequest;
import replication.Refusal;
import replication.registry.Health;
import replication.registry.Registries;
import replication.registry.Registry;
import store.policy.PlacementDoubt;
import store.secret.SecretBox;
import store.sql.Columns;
import store.sql.Database;

/** The table {@code registry}. */
public final class RegistryTable implements Registries {

    private final Database database;

    private final RegistryRow row;

    private final Duration checkEvery;

    /**
     * Opens the table.
     * @param checkEvery the most time between two checks of a registry
     */
    public RegistryTable(Database database, SecretBox box, Duration checkEvery) {
        this.database = database;
        this.row = new RegistryRow(box);
        this.checkEvery = checkEvery;
    }

    @Override
    public RegistryRecord insert(Registry registry, Health health) {
        // The id comes first, because secrets are sealed to it.
        long id = this.database.sql("SELECT nextval('registry_id_seq')").query(Long.class).single();
        return save(this.row.bind(
                this.database
                    .sql("""
                            INSERT INTO registry (id, name, description, type, url, insecure, max_tasks, bandwidth, credential,
                                settings, ca_certificate, client_certificate, sealed_client_key, proxy_url, proxy_user,
                                sealed_proxy_password, requests_per_second, health, health_reason, health_hint, checked_at)
                            VALUES (:id, :name, :description, :type, :url, :insecure, :max_tasks, :bandwidth::jsonb, :credential::jsonb,
                                :settings::jsonb, :ca_certificate, :client_certificate, :sealed_client_key, :proxy_url, :proxy_user,
                                :sealed_proxy_password, :requests_per_second::jsonb, :health, :health_reason, :health_hint, :checked_at)
                            RETURNING *
                            """),
                id, registry, health), registry.name())
            .orElseThrow();
    }

    @Override
    public RegistryRecord update(Registry registry, Health health) {
        return this.database.inTransaction(() -> {
            new PlacementDoubt(this.database).before(registry);
            return write(registry, health);
        });
    }

    private RegistryRecord write(Registry registry, Health health) {
        return save(this.row.bind(
                this.database
                    .sql("""
                            UPDATE registry
                            SET name = :name, description = :description, type = :type, url = :url, insecure = :insecure,
                                max_tasks = :max_tasks, bandwidth = :bandwidth::jsonb,
                                credential = :credential::jsonb, settings = :settings::jsonb,
                                ca_certificate = :ca_certificate, client_certificate = :client_certificate,
                                sealed_client_key = :sealed_client_key, proxy_url = :proxy_url, proxy_user = :proxy_user,
                                sealed_proxy_password = :sealed_proxy_password,
                                requests_per_second = :requests_per_second::jsonb, health = :health,
                                health_reason = :health_reason, health_hint = :health_hint, checked_at = :checked_at, update_time = now(),
                                exhausted_at = NULL, quarantined_until = NULL
                            WHERE id = :id
                            RETURNING *
                            """),
                registry.id(), registry, health), registry.name())
            .orElseThrow(() -> new Refusal.Missing("registry", registry.id()));
    }

    private Optional<RegistryRecord> save(JdbcClient.StatementSpec statement, String name) {
        try {
            return statement.query(this.row::read).optional();
        }
        catch (DuplicateKeyException ex) {
            throw new Refusal.Conflict("the name " + name + " is taken by another registry");
        }
    }

    @Override
    public void delete(long id) {
        try {
            if (this.database.sql("DELETE FROM registry WHERE id = :id").param("id", id).update() == 0) {
                throw new Refusal.Missing("registry", id);
            }
        }
        catch (DataIntegrityViolationException ex) {
            List<String> names = this.database.sql("""
                    SELECT name FROM policy WHERE src_registry_id = :id OR dest_registry_id = :id ORDER BY name LIMIT 10
                    """).param("id", id).query(String.class).list();
            throw new Refusal.Conflict("registry " + id + " is used by policies: " + String.join(", ", names));
        }
    }

    @Override
    public Optional<RegistryRecord> find(long id) {
        return this.database.sql("SELECT * FROM registry WHERE id = :id")
            .param("id", id)
            .query(this.row::read)
            .optional();
    }

    @Override
    public Page<RegistryRecord> list(@Nullable String nameContains, @Nullable String type, PageRequest page) {
        return Page.of(this.database.sql("""
                SELECT * FROM registry
                WHERE id > :after
                AND (:part::text IS NULL OR position(lower(:part) IN lower(name)) > 0)
                AND (:type::text IS NULL OR type = :type)
                ORDER BY id
                LIMIT :limit
                """)
            .param("after", page.after())
            .param("part", nameContains)
            .param("type", type)
            .param("limit", page.size() + 1)
            .query(this.row::read)
            .list(), page.size());
    }

    // Two nodes never get the same registry: rows that another node is claiming are
    // skipped,
    // and a claimed row counts as checked.
    @Override
    public List<Registry> claimForCheck(int limit) {
        return this.database.sql("""
                UPDATE registry SET check_claimed_at = now()
                WHERE id IN (
                    SELECT id FROM registry
                    WHERE coalesce(greatest(checked_at, check_claimed_at), '-infinity')
                        <= now() - make_interval(secs => :seconds)
                    ORDER BY greatest(checked_at, check_claimed_at) NULLS FIRST
                    LIMIT :limit
                    FOR UPDATE SKIP LOCKED)
                RETURNING *
                """)
            .param("seconds", this.checkEvery.toMillis() / 1000.0)
            .param("limit", limit)
            .query(this.row::read)
            .list()
            .stream()
            .map(RegistryRecord::registry)
            .toList();
    }

    @Override
    public void exhausted(Set<Long> ids) {
        this.database.sql("""
                UPDATE registry
                SET quarantined_until = CASE WHEN exhausted_at > now() - interval '1 day' THEN now() + interval '1 day'
                        ELSE quarantined_until END,
                    exhausted_at = now(), checked_at = NULL, check_claimed_at = NULL
                WHERE id = ANY (:ids)
                """).param("ids", ids.toArray(Long[]::new)).update();
    }

    @Override
    public void recordHealth(long id, Health health) {
        this.database.sql("""
                UPDATE registry SET health = :health, health_reason = :reason, health_hint = :hint, checked_at = :at
                WHERE id = :id
                """)
            .param("health", health.status().id())
            .param("reason", Columns.text(health.reason()))
            .param("hint", Columns.text(health.hint()))
            .param("at", Columns.timestamptz(health.checkedAt()))
            .param("id", id)
            .update();
    }

}
