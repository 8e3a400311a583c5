package store.notice;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

import oci.model.Secret;
import org.jspecify.annotations.Nullable;
import replication.notice.Notice;
import replication.notice.OutgoingNotice;
import replication.notice.Target;
import store.sql.Database;

/**
 * Takes notices out of the outbox.
 * <p>
 * Safe on any number of nodes: only the first waiting delivery of a subscription is
 * considered, rows that another node locks are skipped, and a taken row is not due until
 * its lease ends by the database's clock. The first delivery stays first until it has
 * ended, because places only rise, so a subscription's notices are sent one after the
 * other.
 */
final class DeliveryClaim {

    private final Database database;

    private final SubscriptionRow row;

    DeliveryClaim(Database database, SubscriptionRow row) {
        this.database = database;
        this.row = row;
    }

    List<Claimed> claim(int limit) {
        return this.database.inTransaction(() -> this.database.sql("""
                WITH head AS MATERIALIZED (
                    SELECT first.id FROM subscription s
                    CROSS JOIN LATERAL (
                        SELECT d.id, d.due FROM delivery d
                        WHERE d.subscription_id = s.id AND d.state = 'waiting'
                        ORDER BY d.place
                        LIMIT 1) first
                    WHERE s.enabled AND first.due <= now()),
                taken AS MATERIALIZED (
                    SELECT id FROM delivery
                    WHERE id IN (SELECT id FROM head) AND state = 'waiting' AND due <= now()
                    ORDER BY due
                    LIMIT :limit
                    FOR UPDATE SKIP LOCKED)
                UPDATE delivery d SET attempt = d.attempt + 1, due = now() + interval '1 minute'
                FROM taken, subscription s
                WHERE d.id = taken.id AND s.id = d.subscription_id
                RETURNING d.*, s.name, s.type, s.sealed_url, s.sealed_secret, s.recipients
                """).param("limit", limit).query(this::read).list());
    }

    private Claimed read(ResultSet row, int number) throws SQLException {
        long id = row.getLong("id");
        int attempt = row.getInt("attempt");
        Notice notice = DeliveryTable.notice(row);
        String name = row.getString("name");
        Target target = this.row.target(row, "subscription_id");
        return target.readable() ? new Claimed(id, attempt, new OutgoingNotice(id, attempt, name, target, notice), "")
                : new Claimed(id, attempt, null, "subscription " + name + ": " + Secret.LOCKED);
    }

    /**
     * A delivery that was taken.
     *
     * @param outgoing null if this node cannot read its address
     * @param why this node cannot read it
     */
    record Claimed(long id, int attempt, @Nullable OutgoingNotice outgoing, String why) {
    }

}
