package api.registry;

import java.util.List;
import java.util.Map;
import java.util.Set;

import api.ApiAnswer;
import api.ApiRequest;
import oci.model.OutsideText;
import replication.Refusal;
import replication.event.Hook;
import replication.event.HookDelivery;
import replication.event.HookToken;
import replication.event.Hooks;
import replication.event.Intake;
import replication.event.WebhookSetup;
import replication.registry.EventSetup;

/**
 * {@code /api/registries/{id}/hooks}, {@code /api/registries/{id}/webhook} and
 * {@code /api/webhooks}.
 */
public final class HookApi {

    private static final int MOST_ORIGIN = 255;

    private final Hooks hooks;

    private final Intake intake;

    private final WebhookSetup setup;

    private final Set<String> senders;

    public HookApi(Hooks hooks, Intake intake, WebhookSetup setup, Set<String> senders) {
        this.hooks = hooks;
        this.intake = intake;
        this.setup = setup;
        this.senders = senders;
    }

    public ApiAnswer create(ApiRequest request) {
        long registryId = registry(request);
        Hook hook = request.json(HookRequest.class).toHook(registryId, this.senders);
        HookToken token = HookToken.random();
        EventSetup events = this.setup.instructions(registryId);
        HookView view = HookView.of(this.hooks.insert(hook, token.hash()), token, events);
        return ApiAnswer.created(path(registryId, view.id()), view);
    }

    public ApiAnswer list(ApiRequest request) {
        long registryId = registry(request);
        List<Hook> hooks = this.hooks.of(registryId);
        if (hooks.isEmpty()) {
            return ApiAnswer.ok(List.of());
        }
        EventSetup events = this.setup.instructions(registryId);
        return ApiAnswer.ok(hooks.stream().map((hook) -> HookView.of(hook, events)).toList());
    }

    public ApiAnswer get(ApiRequest request) {
        long registryId = registry(request);
        long id = request.id("hook", "hook");
        Hook hook = this.hooks.of(registryId)
            .stream()
            .filter((each) -> each.id() == id)
            .findFirst()
            .orElseThrow(() -> new Refusal.Missing("hook", id));
        return ApiAnswer.ok(HookView.of(hook, this.setup.instructions(registryId)));
    }

    /** Makes webhooks at the registry, with a hook that they post to. */
    public ApiAnswer webhook(ApiRequest request) {
        long registryId = registry(request);
        WebhookRequest asked = request.json(WebhookRequest.class);
        WebhookSetup.Made made = this.setup.make(registryId, asked.wantedName(), asked.service(),
                asked.wantedNamespaces());
        WebhookView view = WebhookView.of(made, this.setup.instructions(registryId));
        return made.changedNothing() ? ApiAnswer.ok(view) : ApiAnswer.created(path(registryId, made.hook().id()), view);
    }

    public ApiAnswer delete(ApiRequest request) {
        this.hooks.delete(registry(request), request.id("hook", "hook"));
        return ApiAnswer.noContent();
    }

    /**
     * Takes a delivery and answers 202 once its events are saved. The body is not read
     * before the path is known to be a hook's.
     */
    public ApiAnswer deliver(ApiRequest request) {
        Intake.Admission admission = this.intake.admit(request.path("token"));
        int news = this.intake.take(admission, new HookDelivery(request.headers(), request.body().read()));
        return ApiAnswer.accepted(Map.of("events", news));
    }

    /**
     * The origin that asks for permission to send (CloudEvents, "HTTP 1.1 Web Hooks",
     * section 4); empty if it is not given.
     */
    public String origin(ApiRequest request) {
        return OutsideText.line(request.headers().getOrDefault("webhook-request-origin", ""), MOST_ORIGIN);
    }

    private static String path(long registryId, long id) {
        return RegistryApi.PATH + "/" + registryId + "/hooks/" + id;
    }

    private static long registry(ApiRequest request) {
        return request.id("id", "registry");
    }

}
