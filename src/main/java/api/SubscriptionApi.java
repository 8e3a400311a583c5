package api;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import replication.notice.Deliveries;
import replication.notice.Delivery;
import replication.notice.Subscription;
import replication.notice.SubscriptionEditor;
import replication.notice.Subscriptions;

/** {@code /api/subscriptions}. */
public final class SubscriptionApi {

    static final String PATH = "/api/subscriptions";

    private final Subscriptions subscriptions;

    private final SubscriptionEditor editor;

    private final Deliveries deliveries;

    public SubscriptionApi(Subscriptions subscriptions, SubscriptionEditor editor, Deliveries deliveries) {
        this.subscriptions = subscriptions;
        this.editor = editor;
        this.deliveries = deliveries;
    }

    public Answer list(@Nullable String after, @Nullable String pageSize) {
        Map<String, @Nullable String> parameters = new HashMap<>();
        parameters.put("page_size", pageSize);
        return Answer.list(this.subscriptions.list(Parameters.page(after, pageSize)), SubscriptionView::of,
                Subscription::id, PATH, parameters);
    }

    public Answer create(@Nullable String body) {
        SubscriptionRequest request = Json.read(body, SubscriptionRequest.class);
        SubscriptionView view = SubscriptionView.of(this.editor.create(request.toSubscription(0, null)));
        return Answer.created(PATH + "/" + view.id(), view);
    }

    public Answer get(String id) {
        return Answer.ok(SubscriptionView.of(this.editor.saved(id(id))));
    }

    public Answer update(String id, @Nullable String body) {
        SubscriptionRequest request = Json.read(body, SubscriptionRequest.class);
        Subscription saved = this.editor.saved(id(id));
        return Answer.ok(SubscriptionView.of(this.editor.update(request.toSubscription(saved.id(), saved))));
    }

    public Answer delete(String id) {
        this.subscriptions.delete(id(id));
        return Answer.noContent();
    }

    /** What it is told, was told, or could not be told. */
    public Answer deliveries(String id, @Nullable String state, @Nullable String after, @Nullable String pageSize) {
        Map<String, @Nullable String> parameters = new HashMap<>();
        parameters.put("state", state);
        parameters.put("page_size", pageSize);
        return Answer.list(
                this.deliveries.list(id(id), Parameters.oneOf("state", state, Delivery.State.class),
                        Parameters.page(after, pageSize)),
                DeliveryView::of, Delivery::id, PATH + "/" + id + "/deliveries", parameters);
    }

    /** Queues one again that was given up. */
    public Answer retry(String id, String delivery) {
        return Answer.ok(DeliveryView.of(this.deliveries.retry(id(id), Parameters.id("delivery", delivery))));
    }

    private static long id(String id) {
        return Parameters.id("subscription", id);
    }

}
