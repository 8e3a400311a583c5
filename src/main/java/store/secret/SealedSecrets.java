package store.secret;

import java.util.function.BooleanSupplier;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Whether the database holds sealed secrets. */
public final class SealedSecrets implements BooleanSupplier {

    private final JdbcClient jdbc;

    public SealedSecrets(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public boolean getAsBoolean() {
        return this.jdbc.sql("""
                SELECT EXISTS (SELECT FROM registry WHERE credential -> 'secrets' <> '{}'
                        OR sealed_client_key IS NOT NULL OR sealed_proxy_password IS NOT NULL)
                    OR EXISTS (SELECT FROM hook WHERE sealed_secret IS NOT NULL)
                    OR EXISTS (SELECT FROM subscription WHERE sealed_url IS NOT NULL)
                """).query(Boolean.class).single();
    }

}
