package store.event;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Optional;

import oci.model.Secret;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import replication.Refusal;
import replication.event.Hook;
import replication.event.Hooks;
import replication.event.Proof;
import store.secret.SecretBox;
import store.sql.Columns;
import store.sql.Database;

/** The table {@code hook}; a hook's secret is sealed to its token. */
public final class HookTable implements Hooks {

    private final Database database;

    private final SecretBox secrets;

    public HookTable(Database database, SecretBox secrets) {
        this.database = database;
        this.secrets = secrets;
    }

    @Override
    public Hook insert(Hook hook, String tokenHash) {
        Parts parts = parts(hook.proof(), tokenHash);
        try {
            return this.database.inTransaction(() -> this.database.sql("""
                    INSERT INTO hook (registry_id, description, sender, token_hash, proof, proof_header, sealed_secret)
                    VALUES (:registry, :description, :sender, :token, :proof, :header, :secret)
                    RETURNING *
                    """)
                .param("registry", hook.registryId())
                .param("description", hook.description())
                .param("sender", hook.sender())
                .param("token", tokenHash)
                .param("proof", parts.kind)
                .param("header", parts.header)
                .param("secret", parts.sealed, Types.VARCHAR)
                .query(this::read)
                .single());
        }
        catch (DataIntegrityViolationException _) {
            throw new Refusal.Missing("registry", hook.registryId());
        }
    }

    private Parts parts(Proof proof, String tokenHash) {
        return switch (proof) {
            case Proof.None _ -> new Parts("none", "", null);
            case Proof.Header(String name, Secret secret) -> new Parts("header", name, seal(secret, tokenHash));
            case Proof.Hmac(String name, Secret secret) -> new Parts("hmac", name, seal(secret, tokenHash));
            case Proof.StandardWebhook(Secret secret) -> new Parts("webhook", "", seal(secret, tokenHash));
        };
    }

    private String seal(Secret secret, String tokenHash) {
        return this.secrets.seal(secret.reveal(), owner(tokenHash));
    }

    public static String owner(String tokenHash) {
        return "hook " + tokenHash.substring(0, 12);
    }

    @Override
    public Optional<Hook> byToken(String tokenHash) {
        return this.database.inTransaction(() -> this.database.sql("SELECT * FROM hook WHERE token_hash = :token")
            .param("token", tokenHash)
            .query(this::read)
            .optional());
    }

    @Override
    public List<Hook> of(long registryId) {
        return this.database.sql("SELECT * FROM hook WHERE registry_id = :registry ORDER BY id")
            .param("registry", registryId)
            .query(this::read)
            .list();
    }

    @Override
    public void delete(long registryId, long id) {
        int deleted = this.database.sql("DELETE FROM hook WHERE registry_id = :registry AND id = :id")
            .param("registry", registryId)
            .param("id", id)
            .update();
        if (deleted == 0) {
            throw new Refusal.Missing("hook", id);
        }
    }

    private Hook read(ResultSet row, int number) throws SQLException {
        return new Hook(row.getLong("id"), row.getLong("registry_id"), row.getString("description"),
                row.getString("sender"), proof(row), Columns.time(row, "creation_time"));
    }

    private Proof proof(ResultSet row) throws SQLException {
        Secret secret = this.secrets.sealed(row.getString("sealed_secret"), owner(row.getString("token_hash")));
        String header = row.getString("proof_header");
        return switch (row.getString("proof")) {
            case "none" -> new Proof.None();
            case "header" -> new Proof.Header(header, secret);
            case "hmac" -> new Proof.Hmac(header, secret);
            case "webhook" -> new Proof.StandardWebhook(secret);
            default -> throw new IllegalStateException("the database has a hook with an unknown proof");
        };
    }

    private record Parts(String kind, String header, @Nullable String sealed) {
    }

}
