package adapters.google;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.Pattern;
import oci.message.Json;
import oci.model.OutsideText;
import oci.model.StopSignal;
import oci.remote.JsonApi;
import replication.Refusal;
import replication.event.EventPoll;
import replication.event.HookDelivery;
import replication.registry.Registry;
import replication.registry.Setting;

/**
 * Pulls the events of a project's topic gcr from a subscription. What it says of the
 * project's registries at other hosts is left to their own readers for an hour and then
 * taken out, because the topic tells of hosts that nobody reads as well.
 *
 * @param host of the registry
 */
record PubSub(JsonApi api, String subscription, String host) implements EventPoll {

    static final Setting SUBSCRIPTION = Setting
        .text("subscription",
                "a Pub/Sub subscription of the topic gcr to read events from, such as projects/p/subscriptions/drayage")
        .optional();

    private static final Pattern NAME = Pattern
        .compile("projects/[a-z0-9.:-]+/subscriptions/[A-Za-z][A-Za-z0-9._~+%-]*");

    private static final int MOST = 100;

    /** How long a message about another host is left there. */
    private static final Duration LEFT = Duration.ofHours(1);

    /** In characters, of what is told of another host. */
    private static final int LONGEST = 100;

    /** The subscription that a registry names; empty for none. */
    static String of(Registry registry) {
        String name = SUBSCRIPTION.text(registry);
        if (!name.isEmpty() && !NAME.matches(name)) {
            throw new Refusal.Invalid("settings.subscription",
                    "settings.subscription is written projects/{project}/subscriptions/{name}");
        }
        return name;
    }

    @Override
    public List<Told> read(StopSignal stop) {
        JsonNode pulled = this.api.post("/v1/%s:pull".formatted(this.subscription), object().put("maxMessages", MOST),
                stop);
        List<Told> told = new ArrayList<>();
        List<String> old = new ArrayList<>();
        for (JsonNode received : pulled.path("receivedMessages")) {
            JsonNode message = received.path("message");
            String receipt = received.path("ackId").asText();
            String elsewhere = elsewhere(message);
            if (elsewhere.isEmpty() || !isOld(message)) {
                told.add(new Told("gcr", delivery(message), receipt, elsewhere));
            }
            else {
                old.add(receipt);
            }
        }
        acknowledge(old, stop);
        return told;
    }

    private static boolean isOld(JsonNode message) {
        try {
            return Instant.parse(message.path("publishTime").asText("")).isBefore(Instant.now().minus(LEFT));
        }
        catch (DateTimeParseException _) {
            return false;
        }
    }

    /** The image that a message names, if it is at another host. */
    private String elsewhere(JsonNode message) {
        JsonNode data;
        try {
            data = Json.lenient(Base64.getDecoder().decode(message.path("data").asText("")));
        }
        catch (IllegalArgumentException _) {
            return "";
        }
        return Stream.of("digest", "tag")
            .map((field) -> data.path(field).asText(""))
            .filter((name) -> name.indexOf('/') > 0)
            .filter((name) -> !name.startsWith(this.host + "/"))
            .findFirst()
            .map((name) -> OutsideText.line(name, LONGEST))
            .orElse("");
    }

    /** As Pub/Sub posts it to a hook. */
    private HookDelivery delivery(JsonNode message) {
        ObjectNode body = object().put("subscription", this.subscription).set("message", message);
        return new HookDelivery(Map.of(), body.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void done(List<Told> told, StopSignal stop) {
        acknowledge(told.stream().map(Told::receipt).toList(), stop);
    }

    private void acknowledge(List<String> receipts, StopSignal stop) {
        if (!receipts.isEmpty()) {
            ObjectNode body = object();
            receipts.forEach(body.putArray("ackIds")::add);
            this.api.post("/v1/%s:acknowledge".formatted(this.subscription), body, stop);
        }
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

}
