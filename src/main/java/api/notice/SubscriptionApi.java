package api.notice;

import api.ApiAnswer;
import api.ApiRequest;
import api.Parameters;
import api.Query;
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

    public ApiAnswer list(ApiRequest request) {
        Query query = request.query();
        return ApiAnswer.list(this.subscriptions.list(Parameters.page(query)), SubscriptionView::of, Subscription::id,
                PATH, query);
    }

    public ApiAnswer create(ApiRequest request) {
        SubscriptionRequest asked = request.json(SubscriptionRequest.class);
        SubscriptionView view = SubscriptionView.of(this.editor.create(asked.toSubscription(0, null)));
        return ApiAnswer.created(PATH + "/" + view.id(), view);
    }

    public ApiAnswer get(ApiRequest request) {
        return ApiAnswer.ok(SubscriptionView.of(this.editor.saved(id(request))));
    }

    public ApiAnswer update(ApiRequest request) {
        SubscriptionRequest asked = request.json(SubscriptionRequest.class);
        Subscription saved = this.editor.saved(id(request));
        return ApiAnswer.ok(SubscriptionView.of(this.editor.update(asked.toSubscription(saved.id(), saved))));
    }

    public ApiAnswer delete(ApiRequest request) {
        this.subscriptions.delete(id(request));
        return ApiAnswer.noContent();
    }

    /** The deliveries of a subscription: waiting, delivered and given up. */
    public ApiAnswer deliveries(ApiRequest request) {
        Query query = request.query();
        return ApiAnswer.list(
                this.deliveries.list(id(request), Parameters.oneOf("state", query.text("state"), Delivery.State.class),
                        Parameters.page(query)),
                DeliveryView::of, Delivery::id, PATH + "/" + id(request) + "/deliveries", query);
    }

    /** Queues a delivery again that was given up. */
    public ApiAnswer retry(ApiRequest request) {
        return ApiAnswer.ok(DeliveryView.of(this.deliveries.retry(id(request), request.id("delivery", "delivery"))));
    }

    private static long id(ApiRequest request) {
        return request.id("id", "subscription");
    }

}
