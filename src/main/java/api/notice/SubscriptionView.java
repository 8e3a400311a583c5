package api.notice;

import java.util.List;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import oci.model.Secret;
import org.jspecify.annotations.Nullable;
import replication.notice.Event;
import replication.notice.Subscription;
import replication.notice.Target;

/**
 * A subscription as a client reads it, without its secrets.
 *
 * @param policyId null for all policies
 * @param url scheme and host, and {@code /***} for the rest; null unless it is a webhook
 * @param to addresses of mail, or the name of an own route
 * @param statusText why notices cannot be sent; empty if they can
 * @param signed whether messages are signed
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record SubscriptionView(long id, String name, @Nullable Long policyId, List<String> events, String type,
        @Nullable String url, List<String> to, boolean signed, boolean enabled, String statusText) {

    static SubscriptionView of(Subscription subscription) {
        return switch (subscription.target()) {
            case Target.Webhook webhook -> of(subscription, webhook.shown(), List.of(), webhook.secret() != null);
            case Target.Mail(List<String> to) -> of(subscription, null, to, false);
            case Target.OwnRoute(String name) -> of(subscription, null, List.of(name), false);
        };
    }

    private static SubscriptionView of(Subscription subscription, @Nullable String url, List<String> to,
            boolean signed) {
        return new SubscriptionView(subscription.id(), subscription.name(), subscription.policyId(),
                subscription.events().stream().sorted().map(Event::id).toList(), subscription.target().type(), url, to,
                signed, subscription.enabled(), subscription.target().readable() ? "" : Secret.LOCKED);
    }

}
