package api.registry;

import java.util.List;
import java.util.Locale;

import replication.event.WebhookSetup;
import replication.registry.EventSetup;

/**
 * The webhooks of a registry, and the hook that they post to.
 */
record WebhookView(HookView hook, List<StateView> webhooks) {

    static WebhookView of(WebhookSetup.Made made, EventSetup setup) {
        return new WebhookView(HookView.of(made.hook(), setup),
                made.webhooks()
                    .entrySet()
                    .stream()
                    .map((each) -> new StateView(each.getKey(), each.getValue().name().toLowerCase(Locale.ROOT)))
                    .toList());
    }

    /**
     * The webhook of one namespace.
     *
     * @param state created, updated or unchanged
     */
    record StateView(String namespace, String state) {
    }

}
