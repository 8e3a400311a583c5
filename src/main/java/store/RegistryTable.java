package store;

import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import replication.Page;
import replication.PageRequest;
import replication.Refusal;
import replication.registry.Credential;
import replication.registry.Health;
import replication.registry.Registries;
import replication.registry.Registry;
import replication.registry.Secret;

/** The table {@code registry}. */
public final class RegistryTable implements Registries {

    private final JdbcClient jdbc;

    private final SecretBox secrets;

    private final Duration checkInterval;

    public RegistryTable(JdbcClient jdbc, SecretBox secrets, Duration checkInterval) {
        this.jdbc = jdbc;
        this.secrets = secrets;
        this.checkInterval = checkInterval;
    }

    @Override
    public RegistryRecord insert(Registry registry, Health health) {
        return saved(registry, bind(this.jdbc.sql("""
                INSERT INTO registry (name, description, type, url, insecure, credential_type, access_key, secret,
                                      ca_certificate, proxy_url, status, status_text, status_time)
                VALUES (:name, :description, :type, :url, :insecure, :credentialType, :accessKey, :secret,
                        :caCertificate, :proxyUrl, :status, :statusText, :statusTime)
                RETURNING *
                """), registry, health)).orElseThrow();
    }

    @Override
    public RegistryRecord update(Registry registry, Health health) {
        return saved(registry, bind(this.jdbc.sql("""
                UPDATE registry
                SET name = :name, description = :description, type = :type, url = :url, insecure = :insecure,
                    credential_type = :credentialType, access_key = :accessKey, secret = :secret,
                    ca_certificate = :caCertificate, proxy_url = :proxyUrl, status = :status,
                    status_text = :statusText, status_time = :statusTime
                WHERE id = :id
                RETURNING *
                """).param("id", registry.id()), registry, health))
            .orElseThrow(() -> new Refusal.Missing("registry", registry.id()));
    }

    private Optional<RegistryRecord> saved(Registry registry, StatementSpec statement) {
        try {
            return statement.query(this::read).optional();
        }
        catch (DuplicateKeyException _) {
            throw new Refusal.Conflict("a registry named " + registry.name() + " exists already");
        }
    }

    private StatementSpec bind(StatementSpec statement, Registry registry, Health health) {
        return statement.param("name", registry.name())
            .param("description", registry.description())
            .param("type", registry.type())
            .param("url", registry.url().toString())
            .param("insecure", registry.insecure())
            .param("credentialType", registry.credential().type())
            .param("accessKey", registry.credential() instanceof Credential.Basic basic ? basic.accessKey() : "")
            .param("secret", seal(registry.credential()))
            .param("caCertificate", registry.caCertificate())
            .param("proxyUrl", (registry.proxyUrl() != null) ? registry.proxyUrl().toString() : null)
            .param("status", health.status().id())
            .param("statusText", health.reason())
            .param("statusTime", timestamp(health.checkedAt()));
    }

    private byte @Nullable [] seal(Credential credential) {
        return switch (credential) {
            case Credential.None _ -> null;
            case Credential.Basic basic -> this.secrets.seal(basic.accessSecret());
            case Credential.OAuth oauth -> this.secrets.seal(oauth.token());
        };
    }

    private Credential unseal(String type, String accessKey, byte @Nullable [] secret) {
        if (secret == null) {
            return new Credential.None();
        }
        Secret opened = this.secrets.open(secret);
        return type.equals("basic") ? new Credential.Basic(accessKey, opened) : new Credential.OAuth(opened);
    }

    @Override
    public void delete(long id) {
        try {
            if (this.jdbc.sql("DELETE FROM registry WHERE id = :id").param("id", id).update() == 0) {
                throw new Refusal.Missing("registry", id);
            }
        }
        catch (DataIntegrityViolationException _) {
            List<String> users = this.jdbc.sql("""
                    SELECT name FROM policy WHERE src_registry_id = :id OR dest_registry_id = :id ORDER BY name LIMIT 10
                    """).param("id", id).query(String.class).list();
            throw new Refusal.Conflict("the registry is in use by the policies " + users);
        }
    }

    @Override
    public Optional<RegistryRecord> find(long id) {
        return this.jdbc.sql("SELECT * FROM registry WHERE id = :id").param("id", id).query(this::read).optional();
    }

    @Override
    public Page<RegistryRecord> list(@Nullable String nameContains, @Nullable String type, PageRequest page) {
        return Page.of(this.jdbc.sql("""
                SELECT * FROM registry
                WHERE id > :after AND (:type::text IS NULL OR type = :type)
                  AND (:name::text IS NULL OR strpos(lower(name), lower(:name)) > 0)
                ORDER BY id LIMIT :rows
                """)
            .param("after", page.after())
            .param("type", type)
            .param("name", nameContains)
            .param("rows", page.size() + 1)
            .query(this::read)
            .list(), page.size());
    }

    /**
     * Safe on many nodes: a row that another node is claiming is passed over, and a
     * claimed one is not due before the interval has passed.
     */
    @Override
    public List<Registry> claimForCheck(int limit) {
        return this.jdbc.sql("""
                UPDATE registry SET check_claimed = now()
                WHERE id IN (SELECT id FROM registry
                             WHERE check_claimed < now() - make_interval(secs => :seconds)
                             ORDER BY check_claimed LIMIT :limit FOR UPDATE SKIP LOCKED)
                RETURNING *
                """)
            .param("seconds", this.checkInterval.toMillis() / 1000.0)
            .param("limit", limit)
            .query(this::read)
            .list()
            .stream()
            .map(RegistryRecord::registry)
            .toList();
    }

    @Override
    public void recordHealth(long id, Health health) {
        this.jdbc.sql("""
                UPDATE registry SET status = :status, status_text = :text, status_time = :time WHERE id = :id
                """)
            .param("status", health.status().id())
            .param("text", health.reason())
            .param("time", timestamp(health.checkedAt()))
            .param("id", id)
            .update();
    }

    private RegistryRecord read(ResultSet row, int number) throws SQLException {
        String proxy = row.getString("proxy_url");
        Registry registry = new Registry(row.getLong("id"), row.getString("name"), row.getString("description"),
                row.getString("type"), URI.create(row.getString("url")), row.getBoolean("insecure"),
                unseal(row.getString("credential_type"), row.getString("access_key"), row.getBytes("secret")),
                row.getString("ca_certificate"), (proxy != null) ? URI.create(proxy) : null);
        Timestamp checked = row.getTimestamp("status_time");
        return new RegistryRecord(registry,
                new Health(Health.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                        row.getString("status_text"), (checked != null) ? checked.toInstant() : null));
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant instant) {
        return (instant != null) ? Timestamp.from(instant) : null;
    }

}
