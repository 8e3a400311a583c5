package api.registry;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Set;

import api.ApiAnswer;
import api.ApiRequest;
import oci.model.OutsideText;
import replication.event.Hook;
import replication.event.HookDelivery;
import replication.event.Hooks;
import replication.event.Intake;

/** {@code /api/registries/{id}/hooks} and {@code /api/webhooks}. */
public final class HookApi {

    private static final String DELIVERIES = "/api/webhooks/";

    private static final int TOKEN_BYTES = 32;

    private static final int MOST_ORIGIN = 255;

    private final Hooks hooks;

    private final Intake intake;

    private final Set<String> senders;

    private final SecureRandom random = new SecureRandom();

    public HookApi(Hooks hooks, Intake intake, Set<String> senders) {
        this.hooks = hooks;
        this.intake = intake;
        this.senders = senders;
    }

    public ApiAnswer create(ApiRequest request) {
        long registryId = registry(request);
        Hook hook = request.json(HookRequest.class).toHook(registryId, this.senders);
        byte[] secret = new byte[TOKEN_BYTES];
        this.random.nextBytes(secret);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        HookView view = HookView.of(this.hooks.insert(hook, Intake.hash(token)), DELIVERIES + token);
        return ApiAnswer.created(RegistryApi.PATH + "/" + registryId + "/hooks/" + view.id(), view);
    }

    public ApiAnswer list(ApiRequest request) {
        return ApiAnswer.ok(this.hooks.of(registry(request)).stream().map((hook) -> HookView.of(hook, null)).toList());
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

    private static long registry(ApiRequest request) {
        return request.id("id", "registry");
    }

}
