package adapters.harbor;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import oci.model.RegistryFailure;
import oci.model.Secret;
import oci.model.StopSignal;
import replication.event.RegistryWebhooks;

/** The webhook policies of Harbor's projects. */
record HarborWebhooks(HarborApi api) implements RegistryWebhooks {

    private static final List<String> EVENTS = List.of("PUSH_ARTIFACT", "DELETE_ARTIFACT");

    private static final String FORMAT = "Default";

    @Override
    public Optional<Webhook> find(String namespace, String name) {
        return policy(namespace, name).map((policy) -> webhook(name, policy));
    }

    private static Webhook webhook(String name, JsonNode policy) {
        JsonNode target = policy.path("targets").path(0);
        List<String> events = HarborApi.items(policy.path("event_types")).map(JsonNode::asText).toList();
        boolean active = policy.path("enabled").asBoolean() && events.containsAll(EVENTS)
                && target.path("payload_format").asText(FORMAT).equals(FORMAT);
        return new Webhook(name, address(target.path("address").asText("")),
                new Secret(target.path("auth_header").asText("")), active);
    }

    private static URI address(String text) {
        try {
            return URI.create(text);
        }
        catch (IllegalArgumentException _) {
            return URI.create("");
        }
    }

    @Override
    public void save(String namespace, Webhook webhook) {
        StopSignal stop = this.api.closing();
        ObjectNode policy = HarborApi.object().put("name", webhook.name()).put("enabled", true);
        ArrayNode events = policy.putArray("event_types");
        EVENTS.forEach(events::add);
        policy.putArray("targets")
            .addObject()
            .put("type", "http")
            .put("address", webhook.address().toString())
            .put("auth_header", webhook.secret().reveal())
            .put("skip_cert_verify", false)
            .put("payload_format", FORMAT);
        Optional<JsonNode> saved = policy(namespace, webhook.name());
        if (saved.isPresent()) {
            this.api.put(path(namespace) + "/" + saved.get().path("id").asLong(), policy, stop);
        }
        else {
            this.api.post(path(namespace), policy, stop);
        }
    }

    private Optional<JsonNode> policy(String namespace, String name) {
        StopSignal stop = this.api.closing();
        if (this.api.isOld(stop)) {
            throw new RegistryFailure.Permanent("Drayage makes webhooks at Harbor 2.x only, and this is 1.x");
        }
        try (Stream<JsonNode> policies = this.api.items(path(namespace) + "?" + HarborApi.PAGE, stop)) {
            return policies.filter((policy) -> policy.path("name").asText().equals(name)).findFirst();
        }
    }

    /** A namespace below a project has the project's webhooks. */
    private static String path(String namespace) {
        return "/projects/" + HarborApi.projectOf(namespace) + "/webhook/policies";
    }

}
