package replication.event;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import oci.model.RegistryFailure;
import oci.model.Secret;
import replication.Refusal;
import replication.event.RegistryWebhooks.Webhook;
import replication.registry.Ability;
import replication.registry.Adapters;
import replication.registry.Connections;
import replication.registry.EventSetup;
import replication.registry.Registries;
import replication.registry.Registry;

/**
 * Has a registry post its events to a hook, by the registry's own API. All webhooks of
 * one name post to the same hook, whatever number of calls has made them, so that a call
 * that broke off can be repeated.
 */
public final class WebhookSetup {

    private final Hooks hooks;

    private final Registries registries;

    private final Adapters adapters;

    private final Connections connections;

    public WebhookSetup(Hooks hooks, Registries registries, Adapters adapters, Connections connections) {
        this.hooks = hooks;
        this.registries = registries;
        this.adapters = adapters;
        this.connections = connections;
    }

    /**
     * What an operator does so that a registry reports its events.
     * @throws Refusal.Missing if there is no such registry
     */
    public EventSetup instructions(long registryId) {
        return this.adapters.of(registry(registryId).type()).events();
    }

    /**
     * Makes the webhooks of some namespaces, or leaves them if they are as wanted.
     * @param service the address of this service, as the registry reaches it
     * @throws Refusal.Missing if there is no such registry
     * @throws Refusal.Invalid if its adapter cannot make webhooks
     * @throws Refusal.Conflict if a webhook of this name posts to another service
     */
    public Made make(long registryId, String name, URI service, List<String> namespaces) {
        Registry registry = registry(registryId);
        EventSetup setup = this.adapters.of(registry.type()).events();
        RegistryWebhooks api = webhooks(registry);
        Map<String, Optional<Webhook>> present = new LinkedHashMap<>();
        namespaces.forEach((namespace) -> present.put(namespace, api.find(namespace, name)));
        String hooksAddress = withoutSlash(service) + HookToken.PATH;
        present.forEach(
                (namespace, webhook) -> webhook.filter((found) -> !found.address().toString().startsWith(hooksAddress))
                    .ifPresent((found) -> {
                        throw new Refusal.Conflict(
                                "the namespace %s has a webhook \"%s\" that posts to another address, at %s; choose another name"
                                    .formatted(namespace, name, found.address().getHost()));
                    }));
        Target target = present.values()
            .stream()
            .flatMap(Optional::stream)
            .flatMap((webhook) -> saved(registryId, hooksAddress, webhook).stream())
            .findFirst()
            .orElseGet(() -> insert(registryId, name, hooksAddress, setup));
        return save(api, target, name, present);
    }

    private Made save(RegistryWebhooks api, Target target, String name, Map<String, Optional<Webhook>> present) {
        Webhook wanted = new Webhook(name, target.address, target.secret, true);
        Map<String, State> states = new LinkedHashMap<>();
        try {
            present.forEach((namespace, found) -> {
                State state = found.map((webhook) -> webhook.equalTo(wanted) ? State.UNCHANGED : State.UPDATED)
                    .orElse(State.CREATED);
                if (state != State.UNCHANGED) {
                    api.save(namespace, wanted);
                }
                states.put(namespace, state);
            });
        }
        catch (RegistryFailure ex) {
            if (target.isNew && states.isEmpty()) {
                this.hooks.delete(target.hook.registryId(), target.hook.id());
            }
            throw ex;
        }
        return new Made(target.hook, states);
    }

    /** The hook that a webhook posts to already. */
    private Optional<Target> saved(long registryId, String hooksAddress, Webhook webhook) {
        HookToken token = new HookToken(webhook.address().toString().substring(hooksAddress.length()));
        return this.hooks.byToken(token.hash())
            .filter((hook) -> hook.registryId() == registryId && hook.proof().readable())
            .flatMap((hook) -> (hook.proof() instanceof Proof.Header(String _, Secret secret))
                    ? Optional.of(new Target(hook, webhook.address(), secret, false)) : Optional.empty());
    }

    private Target insert(long registryId, String name, String hooksAddress, EventSetup setup) {
        HookToken token = HookToken.random();
        Secret secret = new Secret("Bearer " + HookToken.randomText());
        Hook hook = new Hook(0, registryId, "made with the webhook \"%s\" at the registry".formatted(name),
                setup.sender(), new Proof.Header(setup.header(), secret), null);
        return new Target(this.hooks.insert(hook, token.hash()), URI.create(hooksAddress + token.text()), secret, true);
    }

    private RegistryWebhooks webhooks(Registry registry) {
        if (!this.adapters.of(registry.type()).info().abilities().contains(Ability.EVENTS_CREATE)) {
            throw new Refusal.Invalid("registry_type",
                    "Drayage cannot make webhooks at registries of type \"%s\"; POST %s makes a hook that you enter there"
                        .formatted(registry.type(), "/api/registries/%d/hooks".formatted(registry.id())));
        }
        return this.connections.to(registry).as(RegistryWebhooks.class);
    }

    private Registry registry(long id) {
        return this.registries.find(id).orElseThrow(() -> new Refusal.Missing("registry", id)).registry();
    }

    private static String withoutSlash(URI service) {
        String text = service.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    /** What was done about a namespace's webhook. */
    public enum State {

        CREATED, UPDATED, UNCHANGED

    }

    /**
     * The result.
     *
     * @param webhooks by namespace, in the order of the request
     */
    public record Made(Hook hook, Map<String, State> webhooks) {

        public boolean changedNothing() {
            return this.webhooks.values().stream().allMatch((state) -> state == State.UNCHANGED);
        }

    }

    private record Target(Hook hook, URI address, Secret secret, boolean isNew) {
    }

}
