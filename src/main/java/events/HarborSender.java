package events;

import java.util.List;

import replication.event.HookDelivery;
import replication.event.RegistryEvent;
import replication.event.RegistryEvent.Kind;
import replication.event.Remarks;

/** Harbor's webhooks, in its default format and as CloudEvents. */
final class HarborSender implements JsonSender {

    static final String CLOUD_TYPES = "harbor.";

    @Override
    public String identity() {
        return "harbor";
    }

    @Override
    public String description() {
        return "Harbor: a project's webhook, in the default format or as CloudEvents";
    }

    @Override
    public boolean fits(HookDelivery delivery, Field body) {
        if (body.at("specversion").isText()) {
            return body.at("type").textOrEmpty().startsWith(CLOUD_TYPES);
        }
        return body.at("type").isText() && body.at("event_data").isObject();
    }

    @Override
    public List<RegistryEvent> read(HookDelivery delivery, Field body, Remarks remarks) {
        String type = body.at("type").text();
        return switch (type) {
            case "PUSH_ARTIFACT" ->
                events(EventId.byContent(type, body.at("occur_at")), Kind.PUSH, body.at("event_data").object());
            case "DELETE_ARTIFACT" ->
                events(EventId.byContent(type, body.at("occur_at")), Kind.DELETE, body.at("event_data").object());
            case "harbor.artifact.pushed" -> events(CloudEventsSender.id(body), Kind.PUSH, body.at("data").object());
            case "harbor.artifact.deleted" -> events(CloudEventsSender.id(body), Kind.DELETE, body.at("data").object());
            default -> List.of();
        };
    }

    private static List<RegistryEvent> events(EventId id, Kind kind, Field data) {
        Field repository = data.at("repository").object().at("repo_full_name");
        EventList events = new EventList();
        for (Field resource : data.at("resources").items()) {
            events.add(id, kind, NamedImage.of(repository, resource.object().at("tag"), resource.at("digest")));
        }
        return events.toList();
    }

}
