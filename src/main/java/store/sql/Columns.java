package store.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

import org.jspecify.annotations.Nullable;
import replication.execution.task.Counts;

/** Converts between columns and values where JDBC does not. */
public final class Columns {

    private Columns() {
    }

    public static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return (time != null) ? time.toInstant() : null;
    }

    public static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    public static @Nullable OffsetDateTime timestamptz(@Nullable Instant time) {
        return (time != null) ? time.atOffset(ZoneOffset.UTC) : null;
    }

    /** Removes NUL, which PostgreSQL's text cannot hold and a registry's answer may. */
    public static String text(String text) {
        return text.replace("\0", "");
    }

    public static Counts counts(ResultSet row, String failed) throws SQLException {
        return new Counts(row.getLong("copied"), row.getLong("unchanged"), row.getLong("kept"), row.getLong("skipped"),
                row.getLong(failed), row.getLong("bytes"), row.getLong("deleted"));
    }

}
