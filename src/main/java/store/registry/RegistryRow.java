package store.registry;

import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Locale;
import java.util.Optional;

import oci.model.Credential;
import oci.model.Secret;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import replication.bandwidth.Bandwidth;
import replication.registry.Health;
import replication.registry.Registries.RegistryRecord;
import replication.registry.Registry;
import store.policy.PolicyJson;
import store.secret.SecretBox;
import store.sql.Columns;

/** A row of {@code registry}, its secret sealed to the row's id. */
public final class RegistryRow {

    private final SecretBox box;

    RegistryRow(SecretBox box) {
        this.box = box;
    }

    JdbcClient.StatementSpec bind(JdbcClient.StatementSpec statement, long id, Registry registry, Health health) {
        return bindCredential(statement, id, registry.credential()).param("id", id)
            .param("name", registry.name())
            .param("description", registry.description())
            .param("type", registry.type())
            .param("url", registry.url().toString())
            .param("insecure", registry.insecure())
            .param("max_tasks", registry.maxTasks())
            .param("bandwidth", PolicyJson.write(registry.bandwidth()))
            .param("ca_certificate", registry.caCertificate(), Types.VARCHAR)
            .param("proxy_url", Optional.ofNullable(registry.proxyUrl()).map(URI::toString).orElse(null), Types.VARCHAR)
            .param("health", health.status().id())
            .param("health_reason", Columns.text(health.reason()))
            .param("checked_at", Columns.timestamptz(health.checkedAt()), Types.TIMESTAMP_WITH_TIMEZONE);
    }

    private JdbcClient.StatementSpec bindCredential(JdbcClient.StatementSpec statement, long id,
            Credential credential) {
        statement.param("credential_type", credential.type());
        return switch (credential) {
            case Credential.None() -> bindSecret(statement, null, null);
            case Credential.Basic(String accessKey, Secret secret) ->
                bindSecret(statement, accessKey, seal(secret, id));
            case Credential.OAuth(Secret token) -> bindSecret(statement, null, seal(token, id));
        };
    }

    private static JdbcClient.StatementSpec bindSecret(JdbcClient.StatementSpec statement, @Nullable String accessKey,
            @Nullable String sealed) {
        return statement.param("access_key", accessKey, Types.VARCHAR).param("sealed_secret", sealed, Types.VARCHAR);
    }

    RegistryRecord read(ResultSet row, int number) throws SQLException {
        String proxy = row.getString("proxy_url");
        Registry registry = new Registry(row.getLong("id"), row.getString("name"), row.getString("description"),
                row.getString("type"), URI.create(row.getString("url")), row.getBoolean("insecure"), credential(row),
                row.getString("ca_certificate"), (proxy != null) ? URI.create(proxy) : null, row.getInt("max_tasks"),
                PolicyJson.read(row.getString("bandwidth"), Bandwidth.class),
                Columns.instant(row, "quarantined_until"));
        Health.Status status = Health.Status.valueOf(row.getString("health").toUpperCase(Locale.ROOT));
        return new RegistryRecord(registry,
                new Health(status, row.getString("health_reason"), Columns.instant(row, "checked_at")));
    }

    private Credential credential(ResultSet row) throws SQLException {
        String type = row.getString("credential_type");
        return switch (type) {
            case "none" -> new Credential.None();
            case "basic" -> new Credential.Basic(row.getString("access_key"), open(row));
            case "oauth" -> new Credential.OAuth(open(row));
            default -> throw new IllegalStateException("the database has a credential of unknown type " + type);
        };
    }

    private String seal(Secret secret, long id) {
        return secret.sealed().orElseGet(() -> this.box.seal(secret.reveal(), owner(id)));
    }

    private Secret open(ResultSet row) throws SQLException {
        return this.box.sealed(row.getString("sealed_secret"), owner(row.getLong("id")));
    }

    public static String owner(long id) {
        return "registry " + id;
    }

}
