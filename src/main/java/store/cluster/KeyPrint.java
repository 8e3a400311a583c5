package store.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import store.event.HookTable;
import store.notice.SubscriptionRow;
import store.registry.RegistryRow;
import store.secret.SecretBox;

/**
 * The table {@code key_print}: the print of the key that seals the secrets. A node that
 * starts with another key reports this and works on with the secrets that it can open,
 * because an operator can enter the others again through it.
 */
public final class KeyPrint {

    private static final Logger LOG = LoggerFactory.getLogger(KeyPrint.class);

    /** Further secrets are only counted. */
    private static final int NAMED = 10;

    private final JdbcClient jdbc;

    private final SecretBox box;

    public KeyPrint(JdbcClient jdbc, SecretBox box) {
        this.jdbc = jdbc;
        this.box = box;
    }

    /**
     * Reports the secrets that this node's key cannot open; if it opens all, its print is
     * kept.
     */
    public void compare() {
        boolean another = !kept().equals(this.box.print());
        List<String> locked = locked();
        if (locked.isEmpty()) {
            keep();
        }
        else {
            LOG.warn(
                    "{}: {} cannot be opened ({}); give this node that key (DRAYAGE_KEY), or enter these secrets again",
                    another ? "the secrets in the database are sealed with another key than this node's"
                            : "secrets in the database are damaged or sealed with another key than this node's",
                    (locked.size() == 1) ? "1 secret" : locked.size() + " secrets", named(locked));
        }
    }

    private String kept() {
        return this.jdbc.sql("""
                WITH first AS (
                    INSERT INTO key_print (print) VALUES (:print) ON CONFLICT DO NOTHING RETURNING print)
                SELECT print FROM first UNION ALL SELECT print FROM key_print LIMIT 1
                """).param("print", this.box.print()).query(String.class).single();
    }

    private void keep() {
        this.jdbc.sql("UPDATE key_print SET print = :print, time = now() WHERE print <> :print")
            .param("print", this.box.print())
            .update();
    }

    private List<String> locked() {
        List<String> locked = new ArrayList<>();
        this.jdbc.sql("""
                SELECT id, name, secret.value AS sealed FROM registry, LATERAL (
                    SELECT value FROM jsonb_each_text(credential -> 'secrets')
                    UNION ALL SELECT sealed_client_key WHERE sealed_client_key IS NOT NULL
                    UNION ALL SELECT sealed_proxy_password WHERE sealed_proxy_password IS NOT NULL) secret
                ORDER BY id
                """).query((row) -> {
            if (!opens(row.getString("sealed"), RegistryRow.owner(row.getLong("id")))) {
                locked.add("registry " + row.getString("name"));
            }
        });
        this.jdbc.sql("SELECT id, token_hash, sealed_secret FROM hook WHERE proof <> 'none' ORDER BY id")
            .query((row) -> {
                if (!opens(row.getString("sealed_secret"), HookTable.owner(row.getString("token_hash")))) {
                    locked.add("hook " + row.getLong("id"));
                }
            });
        this.jdbc.sql("""
                SELECT id, name, sealed_url, sealed_secret FROM subscription WHERE sealed_url IS NOT NULL ORDER BY id
                """).query((row) -> {
            long id = row.getLong("id");
            String secret = row.getString("sealed_secret");
            if (!opens(row.getString("sealed_url"), SubscriptionRow.url(id))
                    || (secret != null && !opens(secret, SubscriptionRow.secret(id)))) {
                locked.add("subscription " + row.getString("name"));
            }
        });
        return locked;
    }

    private boolean opens(String sealed, String owner) {
        return this.box.sealed(sealed, owner).readable();
    }

    private static String named(List<String> locked) {
        Stream<String> named = locked.stream().limit(NAMED);
        return String.join(", ", (locked.size() > NAMED)
                ? Stream.concat(named, Stream.of((locked.size() - NAMED) + " more")).toList() : named.toList());
    }

}
