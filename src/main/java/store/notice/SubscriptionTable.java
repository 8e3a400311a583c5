package store.notice;

import java.util.Optional;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import replication.Page;
import replication.PageRequest;
import replication.Refusal;
import replication.notice.Subscription;
import replication.notice.Subscriptions;
import store.secret.SecretBox;
import store.sql.Database;

/** The table {@code subscription}. */
public final class SubscriptionTable implements Subscriptions {

    private final Database database;

    private final SubscriptionRow row;

    public SubscriptionTable(Database database, SecretBox box) {
        this.database = database;
        this.row = new SubscriptionRow(box);
    }

    @Override
    public Subscription insert(Subscription subscription) {
        return this.database.inTransaction(() -> {
            // The id is drawn first, because the secrets are sealed to it.
            long id = this.database.sql("SELECT nextval('subscription_id_seq')").query(Long.class).single();
            hold(subscription);
            return save(this.row.bind(this.database.sql("""
                    INSERT INTO subscription (id, name, policy_id, events, type, sealed_url, sealed_secret,
                        recipients, enabled)
                    VALUES (:id, :name, :policy, :events::text[], :type, :url, :secret, :recipients::text[], :enabled)
                    RETURNING *
                    """), id, subscription), subscription).orElseThrow();
        });
    }

    @Override
    public Subscription update(Subscription subscription) {
        return this.database.inTransaction(() -> {
            hold(subscription);
            return save(this.row.bind(this.database.sql("""
                    UPDATE subscription
                    SET name = :name, policy_id = :policy, events = :events::text[], type = :type, sealed_url = :url,
                        sealed_secret = :secret, recipients = :recipients::text[], enabled = :enabled,
                        update_time = now()
                    WHERE id = :id
                    RETURNING *
                    """), subscription.id(), subscription), subscription)
                .orElseThrow(() -> new Refusal.Missing("subscription", subscription.id()));
        });
    }

    // The policy is locked before the subscription, in the same order as by writers to
    // the
    // outbox.
    private void hold(Subscription subscription) {
        Long policy = subscription.policyId();
        if (policy != null && this.database.sql("SELECT id FROM policy WHERE id = :id AND NOT one_kick FOR KEY SHARE")
            .param("id", policy)
            .query(Long.class)
            .optional()
            .isEmpty()) {
            throw new Refusal.Invalid("policy_id", "there is no policy " + policy);
        }
    }

    private Optional<Subscription> save(JdbcClient.StatementSpec statement, Subscription subscription) {
        try {
            return statement.query(this.row::read).optional();
        }
        catch (DuplicateKeyException ex) {
            throw new Refusal.Conflict("the name " + subscription.name() + " is taken by another subscription");
        }
    }

    @Override
    public void delete(long id) {
        if (this.database.sql("DELETE FROM subscription WHERE id = :id").param("id", id).update() == 0) {
            throw new Refusal.Missing("subscription", id);
        }
    }

    @Override
    public Optional<Subscription> find(long id) {
        return this.database.sql("SELECT * FROM subscription WHERE id = :id")
            .param("id", id)
            .query(this.row::read)
            .optional();
    }

    @Override
    public Page<Subscription> list(PageRequest page) {
        return Page.of(this.database.sql("""
                SELECT * FROM subscription WHERE id > :after ORDER BY id LIMIT :limit
                """).param("after", page.after()).param("limit", page.size() + 1).query(this.row::read).list(),
                page.size());
    }

}
