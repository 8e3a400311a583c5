package store.registry;

import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import oci.model.ClientCertificate;
import oci.model.Credential;
import oci.model.Rates;
import oci.model.Secret;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import replication.bandwidth.Bandwidth;
import replication.registry.Health;
import replication.registry.Registries.RegistryRecord;
import replication.registry.Registry;
import replication.registry.RegistryCredential;
import store.policy.PolicyJson;
import store.secret.SecretBox;
import store.sql.Columns;

/** A row of {@code registry}; each of its secrets is sealed to the row's id. */
public final class RegistryRow {

    private final SecretBox box;

    RegistryRow(SecretBox box) {
        this.box = box;
    }

    JdbcClient.StatementSpec bind(JdbcClient.StatementSpec statement, long id, Registry registry, Health health) {
        Optional<ClientCertificate> certificate = Optional.ofNullable(registry.clientCertificate());
        Optional<Credential.Basic> proxy = Optional.ofNullable(registry.proxyLogin());
        return statement.param("id", id)
            .param("name", registry.name())
            .param("description", registry.description())
            .param("type", registry.type())
            .param("url", registry.url().toString())
            .param("insecure", registry.insecure())
            .param("max_tasks", registry.maxTasks())
            .param("bandwidth", PolicyJson.write(registry.bandwidth()))
            .param("credential", PolicyJson.write(seal(registry.credential(), id)))
            .param("settings", PolicyJson.write(registry.settings()))
            .param("ca_certificate", registry.caCertificate(), Types.VARCHAR)
            .param("client_certificate", certificate.map(ClientCertificate::chain).orElse(null), Types.VARCHAR)
            .param("sealed_client_key", certificate.map((each) -> seal(each.key(), id)).orElse(null), Types.VARCHAR)
            .param("proxy_user", proxy.map(Credential.Basic::accessKey).orElse(null), Types.VARCHAR)
            .param("sealed_proxy_password", proxy.map((each) -> seal(each.accessSecret(), id)).orElse(null),
                    Types.VARCHAR)
            .param("requests_per_second", PolicyJson.write(registry.rates().byName()))
            .param("proxy_url", Optional.ofNullable(registry.proxyUrl()).map(URI::toString).orElse(null), Types.VARCHAR)
            .param("health", health.status().id())
            .param("health_reason", Columns.text(health.reason()))
            .param("health_hint", Columns.text(health.hint()))
            .param("checked_at", Columns.timestamptz(health.checkedAt()), Types.TIMESTAMP_WITH_TIMEZONE);
    }

    RegistryRecord read(ResultSet row, int number) throws SQLException {
        String proxy = row.getString("proxy_url");
        long id = row.getLong("id");
        String chain = row.getString("client_certificate");
        String user = row.getString("proxy_user");
        Registry registry = new Registry(id, row.getString("name"), row.getString("description"), row.getString("type"),
                URI.create(row.getString("url")), row.getBoolean("insecure"),
                credential(PolicyJson.read(row.getString("credential"), SealedCredential.class), id),
                settings(row.getString("settings")), row.getString("ca_certificate"),
                (chain != null) ? new ClientCertificate(chain, secret(row.getString("sealed_client_key"), id)) : null,
                (proxy != null) ? URI.create(proxy) : null,
                (user != null) ? new Credential.Basic(user, secret(row.getString("sealed_proxy_password"), id)) : null,
                row.getInt("max_tasks"), PolicyJson.read(row.getString("bandwidth"), Bandwidth.class),
                rates(row.getString("requests_per_second")), Columns.instant(row, "quarantined_until"));
        Health.Status status = Health.Status.valueOf(row.getString("health").toUpperCase(Locale.ROOT));
        return new RegistryRecord(registry, new Health(status, row.getString("health_reason"),
                row.getString("health_hint"), Columns.instant(row, "checked_at")));
    }

    /** The values are texts, flags, lists and maps of texts. */
    @SuppressWarnings("unchecked")
    private static Map<String, Object> settings(String json) {
        return PolicyJson.read(json, Map.class);
    }

    private static Rates rates(String json) {
        Map<Rates.Kind, Integer> rates = new TreeMap<>();
        Map<?, ?> read = PolicyJson.read(json, Map.class);
        for (Rates.Kind kind : Rates.Kind.values()) {
            if (read.get(kind.id()) instanceof Number rate) {
                rates.put(kind, rate.intValue());
            }
        }
        return new Rates(rates);
    }

    private String seal(Secret secret, long id) {
        return secret.sealed().orElseGet(() -> this.box.seal(secret.reveal(), owner(id)));
    }

    private Secret secret(@Nullable String sealed, long id) {
        return this.box.sealed(sealed, owner(id));
    }

    private SealedCredential seal(RegistryCredential credential, long id) {
        Map<String, String> sealed = new TreeMap<>();
        credential.secrets().forEach((key, secret) -> {
            // One that was not given would look like one that was.
            if (!secret.isEmpty()) {
                sealed.put(key, seal(secret, id));
            }
        });
        return new SealedCredential(credential.type(), credential.values(), sealed);
    }

    private RegistryCredential credential(SealedCredential saved, long id) {
        Map<String, Secret> secrets = new TreeMap<>();
        saved.secrets().forEach((key, sealed) -> secrets.put(key, secret(sealed, id)));
        return new RegistryCredential(saved.type(), saved.values(), secrets);
    }

    public static String owner(long id) {
        return "registry " + id;
    }

    /** A credential in its column. */
    record SealedCredential(String type, Map<String, String> values, Map<String, String> secrets) {
    }

}
