package events;

import java.util.List;
import java.util.Locale;

import replication.event.HookDelivery;
import replication.event.RegistryEvent;
import replication.event.RegistryEvent.Kind;
import replication.event.Remarks;

/**
 * Any sender of CloudEvents 1.0 (HTTP protocol binding, structured and binary mode), such
 * as Azure's Event Grid or an operator's own: the type ends in {@code pushed} or {@code
 * deleted}, in any case, and the data is {@code {"repository", "tag", "digest"}}.
 */
final class CloudEventsSender implements JsonSender {

    private static final String AZURE_CHARTS = "microsoft.containerregistry.chart";

    @Override
    public String identity() {
        return "cloudevents";
    }

    @Override
    public String description() {
        return "CloudEvents 1.0 whose type ends in pushed or deleted, with repository, tag and digest as data";
    }

    @Override
    public boolean fits(HookDelivery delivery, Field body) {
        if (isBinary(delivery)) {
            return true;
        }
        return body.at("specversion").isText() && !body.at("type").textOrEmpty().startsWith(HarborSender.CLOUD_TYPES);
    }

    @Override
    public List<RegistryEvent> read(HookDelivery delivery, Field body, Remarks remarks) {
        if (isBinary(delivery)) {
            return events(header(delivery, "ce-type").text(),
                    id(header(delivery, "ce-source"), header(delivery, "ce-id")), body);
        }
        return events(body.at("type").text(), id(body), body.at("data").object());
    }

    /** By the specification, source and id together are unique. */
    static EventId id(Field event) {
        return id(event.at("source"), event.at("id"));
    }

    private static EventId id(Field source, Field id) {
        return new EventId.BySender(source.text() + " " + id.text());
    }

    private static boolean isBinary(HookDelivery delivery) {
        return delivery.header("ce-specversion").isPresent();
    }

    private static Field header(HookDelivery delivery, String name) {
        return Field.header(name, delivery.header(name).orElse(null));
    }

    private static List<RegistryEvent> events(String type, EventId id, Field data) {
        String what = type.toLowerCase(Locale.ROOT);
        if (what.startsWith(AZURE_CHARTS)) {
            return List.of();
        }
        if (what.endsWith("pushed")) {
            return new EventList().add(id, Kind.PUSH, image(data)).toList();
        }
        if (what.endsWith("deleted")) {
            return new EventList().add(id, Kind.DELETE, image(data)).toList();
        }
        return List.of();
    }

    /** Azure's Event Grid has the names one level deeper. */
    private static NamedImage image(Field data) {
        boolean deeper = data.at("repository").isAbsent() && data.at("target").isObject();
        return NamedImage.of(deeper ? data.at("target") : data);
    }

}
