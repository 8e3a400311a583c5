package store.registry;

import org.springframework.jdbc.core.simple.JdbcClient;

/** The users of the API, with the hashes of their passwords. */
public final class Accounts {

    private final JdbcClient jdbc;

    public Accounts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Keeps the first hash that any node brings for a name.
     * @return the hash that is kept
     */
    public String keep(String name, String passwordHash) {
        this.jdbc.sql("""
                INSERT INTO account (name, password_hash) VALUES (:name, :hash)
                ON CONFLICT (name) DO NOTHING
                """).param("name", name).param("hash", passwordHash).update();
        return this.jdbc.sql("SELECT password_hash FROM account WHERE name = :name")
            .param("name", name)
            .query(String.class)
            .single();
    }

}
