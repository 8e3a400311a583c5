package store.notice;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import oci.model.Secret;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import replication.notice.Address;
import replication.notice.Event;
import replication.notice.SigningKey;
import replication.notice.Subscription;
import replication.notice.Target;
import store.secret.SecretBox;

/** A row of {@code subscription}; its URL and secret are sealed to the row's id. */
public final class SubscriptionRow {

    private final SecretBox box;

    SubscriptionRow(SecretBox box) {
        this.box = box;
    }

    JdbcClient.StatementSpec bind(JdbcClient.StatementSpec statement, long id, Subscription subscription) {
        Target target = subscription.target();
        statement.param("id", id)
            .param("name", subscription.name())
            .param("policy", subscription.policyId(), Types.BIGINT)
            .param("events", subscription.events().stream().map(Event::id).sorted().toArray(String[]::new))
            .param("type", target.type())
            .param("enabled", subscription.enabled());
        return switch (target) {
            case Target.Webhook(Target.Format _, Address url, @Nullable SigningKey secret) -> bind(statement,
                    seal(url.url(), url(id)), (secret != null) ? seal(secret.secret(), secret(id)) : null, List.of());
            case Target.Mail(List<String> to) -> bind(statement, null, null, to);
            case Target.OwnRoute(String name) -> bind(statement, null, null, List.of(name));
        };
    }

    private String seal(Secret secret, String owner) {
        return secret.sealed().orElseGet(() -> this.box.seal(secret.reveal(), owner));
    }

    private static JdbcClient.StatementSpec bind(JdbcClient.StatementSpec statement, @Nullable String url,
            @Nullable String secret, List<String> recipients) {
        return statement.param("url", url, Types.VARCHAR)
            .param("secret", secret, Types.VARCHAR)
            .param("recipients", recipients.toArray(String[]::new));
    }

    Subscription read(ResultSet row, int number) throws SQLException {
        Set<Event> events = texts(row, "events").stream().map(Event::of).collect(Collectors.toSet());
        return new Subscription(row.getLong("id"), row.getString("name"), row.getObject("policy_id", Long.class),
                events, target(row, "id"), row.getBoolean("enabled"));
    }

    /**
     * Reads the target.
     * @param id the column of the subscription's id
     */
    Target target(ResultSet row, String id) throws SQLException {
        String type = row.getString("type");
        if (type.equals("email")) {
            return new Target.Mail(texts(row, "recipients"));
        }
        if (type.equals("route")) {
            return new Target.OwnRoute(texts(row, "recipients").getFirst());
        }
        String secret = row.getString("sealed_secret");
        long owner = row.getLong(id);
        return new Target.Webhook(Target.Format.valueOf(type.toUpperCase(Locale.ROOT)),
                new Address(this.box.sealed(row.getString("sealed_url"), url(owner))),
                (secret != null) ? new SigningKey(this.box.sealed(secret, secret(owner))) : null);
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return Arrays.asList((String[]) array.getArray());
    }

    public static String url(long id) {
        return "subscription " + id + " (URL)";
    }

    public static String secret(long id) {
        return "subscription " + id;
    }

}
