package store.notice;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import replication.Page;
import replication.PageRequest;
import replication.Refusal;
import replication.notice.Deliveries;
import replication.notice.Delivery;
import replication.notice.Event;
import replication.notice.Notice;
import replication.notice.OutgoingNotice;
import store.policy.PolicyCondition;
import store.secret.SecretBox;
import store.sql.Columns;
import store.sql.Database;

/** The table {@code delivery}, which {@link Outbox} fills. */
public final class DeliveryTable implements Deliveries {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryTable.class);

    /**
     * The pause before another attempt: another node may have the key, or an operator may
     * bring it back.
     */
    private static final Duration WITHOUT_KEY = Duration.ofMinutes(1);

    private final Database database;

    private final DeliveryClaim claim;

    private final Duration patience;

    private final Duration keep;

    /**
     * Opens the table.
     * @param patience how long a notice is tried before it is given up
     * @param keep how long an ended delivery is kept
     */
    public DeliveryTable(Database database, SecretBox box, Duration patience, Duration keep) {
        this.database = database;
        this.claim = new DeliveryClaim(database, new SubscriptionRow(box));
        this.patience = patience;
        this.keep = keep;
    }

    @Override
    public List<OutgoingNotice> claim(int limit) {
        return this.claim.claim(limit).stream().flatMap(this::readable).toList();
    }

    private Stream<OutgoingNotice> readable(DeliveryClaim.Claimed claimed) {
        OutgoingNotice outgoing = claimed.outgoing();
        if (outgoing == null) {
            LOG.warn("delivery {}: {}", claimed.id(), claimed.why());
            failed(claimed.id(), claimed.attempt(), claimed.why(), WITHOUT_KEY);
        }
        return Stream.ofNullable(outgoing);
    }

    @Override
    public void delivered(OutgoingNotice outgoing) {
        this.database.sql("""
                UPDATE delivery SET state = 'delivered', error = '', end_time = now()
                WHERE id = :id AND state = 'waiting' AND attempt = :attempt
                """).param("id", outgoing.delivery()).param("attempt", outgoing.attempt()).update();
    }

    @Override
    public boolean failed(OutgoingNotice outgoing, String why, Duration pause) {
        return failed(outgoing.delivery(), outgoing.attempt(), why, pause);
    }

    private boolean failed(long id, int attempt, String why, Duration pause) {
        return this.database.sql("""
                UPDATE delivery
                SET error = :why, due = now() + make_interval(secs => :pause),
                    state = CASE WHEN queued_time <= now() - make_interval(secs => :patience)
                        THEN 'dead' ELSE state END,
                    end_time = CASE WHEN queued_time <= now() - make_interval(secs => :patience) THEN now() END
                WHERE id = :id AND state = 'waiting' AND attempt = :attempt
                RETURNING state = 'dead'
                """)
            .param("why", Columns.text(why))
            .param("pause", seconds(pause))
            .param("patience", seconds(this.patience))
            .param("id", id)
            .param("attempt", attempt)
            .query(Boolean.class)
            .optional()
            .orElse(false);
    }

    @Override
    public Page<Delivery> list(long subscription, Delivery.@Nullable State state, PageRequest page) {
        if (this.database.sql("SELECT id FROM subscription WHERE id = :id")
            .param("id", subscription)
            .query(Long.class)
            .optional()
            .isEmpty()) {
            throw new Refusal.Missing("subscription", subscription);
        }
        return Page.of(this.database.sql("""
                SELECT * FROM delivery
                WHERE subscription_id = :subscription AND id > :after AND (:state::text IS NULL OR state = :state)
                ORDER BY id
                LIMIT :limit
                """)
            .param("subscription", subscription)
            .param("after", page.after())
            .param("state", (state != null) ? state.id() : null)
            .param("limit", page.size() + 1)
            .query(DeliveryTable::read)
            .list(), page.size());
    }

    @Override
    public Delivery retry(long subscription, long delivery) {
        return this.database.inTransaction(() -> {
            Outbox.lock(this.database);
            return this.database.sql("""
                    UPDATE delivery
                    SET state = 'waiting', place = nextval('delivery_place_seq'), queued_time = now(), due = now(),
                        end_time = NULL
                    WHERE subscription_id = :subscription AND id = :id AND state = 'dead'
                    RETURNING *
                    """)
                .param("subscription", subscription)
                .param("id", delivery)
                .query(DeliveryTable::read)
                .optional()
                .orElseThrow(() -> notDead(subscription, delivery));
        });
    }

    private Refusal notDead(long subscription, long delivery) {
        return this.database.sql("SELECT state FROM delivery WHERE subscription_id = :subscription AND id = :id")
            .param("subscription", subscription)
            .param("id", delivery)
            .query(String.class)
            .optional()
            .<Refusal>map((state) -> new Refusal.Conflict(
                    "delivery %d is %s: only dead ones are queued again".formatted(delivery, state)))
            .orElseGet(() -> new Refusal.Missing("delivery", delivery));
    }

    @Override
    public void purge() {
        this.database.sql("DELETE FROM delivery WHERE end_time < now() - make_interval(secs => :keep)")
            .param("keep", seconds(this.keep))
            .update();
        PolicyCondition.purge(this.database);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static Delivery read(ResultSet row, int number) throws SQLException {
        return new Delivery(row.getLong("id"), notice(row),
                Delivery.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)), row.getInt("attempt"),
                Columns.time(row, "due"), row.getString("error"), Columns.instant(row, "end_time"));
    }

    static Notice notice(ResultSet row) throws SQLException {
        return new Notice(row.getString("notice_id"), Event.of(row.getString("event")), row.getLong("policy_id"),
                row.getLong("execution_id"), Columns.time(row, "time"), row.getString("data"));
    }

}
