package replication.notice;

import org.jspecify.annotations.Nullable;
import replication.Refusal;
import replication.notice.Target.Webhook;

/** Saves subscriptions, and refuses those that this service could not serve. */
public final class SubscriptionEditor {

    private final Subscriptions subscriptions;

    private final boolean mails;

    /**
     * Opens the editor.
     * @param mails whether mail can be sent
     */
    public SubscriptionEditor(Subscriptions subscriptions, boolean mails) {
        this.subscriptions = subscriptions;
        this.mails = mails;
    }

    public Subscription create(Subscription subscription) {
        return this.subscriptions.insert(checked(subscription));
    }

    /** The subscription that is to be updated. */
    public Subscription saved(long id) {
        return this.subscriptions.find(id).orElseThrow(() -> new Refusal.Missing("subscription", id));
    }

    public Subscription update(Subscription subscription) {
        return this.subscriptions.update(checked(subscription));
    }

    private Subscription checked(Subscription subscription) {
        switch (subscription.target()) {
            case Target.Mail _ -> {
                if (!this.mails) {
                    throw new Refusal.Invalid("type",
                            "this service sends no mail: it needs drayage.mail.host (DRAYAGE_MAIL_HOST)");
                }
            }
            case Target.OwnRoute _ -> {
                // Nodes may have different folders, so only the delivery shows whether
                // the
                // route exists.
            }
            case Webhook(Target.Format format, Address _, @Nullable SigningKey secret) -> {
                if (format == Target.Format.CLOUDEVENTS && secret == null) {
                    throw new Refusal.Invalid("secret", "secret is missing");
                }
            }
        }
        return subscription;
    }

}
