package api;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import replication.event.Delivery;
import replication.event.Hook;
import replication.event.Hooks;
import replication.event.Intake;

/** {@code /api/registries/{id}/hooks} and {@code /api/webhooks}. */
public final class HookApi {

    private static final String DELIVERIES = "/api/webhooks/";

    private static final int TOKEN_BYTES = 32;

    private final Hooks hooks;

    private final Intake intake;

    private final Set<String> senders;

    private final SecureRandom random = new SecureRandom();

    public HookApi(Hooks hooks, Intake intake, Set<String> senders) {
        this.hooks = hooks;
        this.intake = intake;
        this.senders = senders;
    }

    public Answer create(String registry, @Nullable String body) {
        long registryId = Parameters.id("registry", registry);
        Hook hook = Json.read(body, HookRequest.class).toHook(registryId, this.senders);
        byte[] secret = new byte[TOKEN_BYTES];
        this.random.nextBytes(secret);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        HookView view = HookView.of(this.hooks.insert(hook, Intake.hash(token)), DELIVERIES + token);
        return Answer.created(RegistryApi.PATH + "/" + registryId + "/hooks/" + view.id(), view);
    }

    public Answer list(String registry) {
        return Answer.ok(this.hooks.of(Parameters.id("registry", registry))
            .stream()
            .map((hook) -> HookView.of(hook, null))
            .toList());
    }

    public Answer delete(String registry, String id) {
        this.hooks.delete(Parameters.id("registry", registry), Parameters.id("hook", id));
        return Answer.noContent();
    }

    /** Takes a delivery; 202 once what it tells is durable. */
    public Answer deliver(String token, Map<String, Object> headers, byte @Nullable [] body) {
        Map<String, String> texts = headers.entrySet()
            .stream()
            .filter((header) -> header.getValue() instanceof String)
            .collect(Collectors.toMap(Map.Entry::getKey, (header) -> (String) header.getValue()));
        int news = this.intake.take(token, new Delivery(texts, (body != null) ? body : new byte[0]));
        return Answer.accepted(Map.of("events", news));
    }

}
