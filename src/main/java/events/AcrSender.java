package events;

import java.util.List;

import replication.event.HookDelivery;
import replication.event.RegistryEvent;
import replication.event.RegistryEvent.Kind;
import replication.event.Remarks;

/**
 * Azure Container Registry's webhooks: one event in Distribution's form without the
 * envelope. Pings, charts and quarantine events are ignored.
 */
final class AcrSender implements JsonSender {

    @Override
    public String identity() {
        return "acr";
    }

    @Override
    public String description() {
        return "Azure Container Registry: a registry's webhook";
    }

    @Override
    public boolean fits(HookDelivery delivery, Field body) {
        return body.at("action").isText() && body.at("timestamp").isText() && !body.at("id").isAbsent();
    }

    @Override
    public List<RegistryEvent> read(HookDelivery delivery, Field body, Remarks remarks) {
        return switch (body.at("action").text()) {
            case "push" -> event(Kind.PUSH, body);
            case "delete" -> event(Kind.DELETE, body);
            default -> List.of();
        };
    }

    private static List<RegistryEvent> event(Kind kind, Field body) {
        Field target = body.at("target").object();
        EventId id = EventId.bySender(body.at("id").textOrNull(), EventId.byContent(kind.name(), body.at("timestamp")));
        return new EventList().add(id, kind, NamedImage.of(target)).toList();
    }

}
