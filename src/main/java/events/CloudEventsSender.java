package events;

import java.util.List;
import java.util.Locale;

import replication.event.HookDelivery;
import replication.event.RegistryEvent;
import replication.event.RegistryEvent.Kind;
import replication.event.Remarks;

/**
 * Anything that speaks CloudEvents 1.0 (HTTP protocol binding, structured and binary
 * mode), for Azure's Event Grid and senders that one writes oneself: a type that ends in
 * {@code pushed} or {@code deleted}, in any case, and the data {@code {"repository",
 * "tag", "digest"}}.
 */
final class CloudEventsSender implements Dialect {

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
        return body.at("specversion").isText() && !body.at("type").glance().startsWith(HarborSender.CLOUD_TYPES);
    }

    @Override
    public List<RegistryEvent> read(HookDelivery delivery, Field body, Remarks remarks) {
        if (isBinary(delivery)) {
            return events(header(delivery, "ce-type").text(),
                    id(header(delivery, "ce-source"), header(delivery, "ce-id")), body);
        }
        return events(body.at("type").text(), id(body), body.at("data").object());
    }

    /** The specification: unique is the source together with the id. */
    static EventId id(Field event) {
        return id(event.at("source"), event.at("id"));
    }

    private static EventId id(Field source, Field id) {
        return new EventId.Given(source.text() + " " + id.text());
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
            return new EventList().add(id, Kind.PUSH, mention(data)).toList();
        }
        if (what.endsWith("deleted")) {
            return new EventList().add(id, Kind.DELETE, mention(data)).toList();
        }
        return List.of();
    }

    /** Azure's Event Grid has the names a level deeper. */
    private static Mention mention(Field data) {
        boolean deeper = data.at("repository").isAbsent() && data.at("target").isObject();
        return Mention.of(deeper ? data.at("target") : data);
    }

}
