package store.sql;

import java.sql.SQLException;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.jdbc.support.SQLExceptionTranslator;

/**
 * Translates a statement's failure into Spring's exceptions, or ours if {@link Outage}
 * explains it.
 */
final class OutageTranslator implements SQLExceptionTranslator {

    private final SQLExceptionTranslator others = new SQLExceptionSubclassTranslator();

    @Override
    public @Nullable DataAccessException translate(String task, @Nullable String sql, SQLException ex) {
        if (Outage.explains(ex)) {
            throw Outage.away(ex);
        }
        return this.others.translate(task, sql, ex);
    }

}
