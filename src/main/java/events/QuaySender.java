package events;

import java.util.List;

import replication.event.HookDelivery;
import replication.event.RegistryEvent;
import replication.event.RegistryEvent.Kind;
import replication.event.Remarks;

/** Quay's notification "Push to Repository", which has neither a digest nor a time. */
final class QuaySender implements JsonSender {

    @Override
    public String identity() {
        return "quay";
    }

    @Override
    public String description() {
        return "Quay: a repository's notification \"Push to Repository\"";
    }

    @Override
    public boolean fits(HookDelivery delivery, Field body) {
        return body.at("docker_url").isText() && !body.at("updated_tags").isAbsent();
    }

    @Override
    public List<RegistryEvent> read(HookDelivery delivery, Field body, Remarks remarks) {
        Field tags = body.at("updated_tags");
        EventList events = new EventList();
        if (tags.isArray()) {
            tags.items().forEach((tag) -> events.add(new EventId.Random(), Kind.PUSH, image(body, tag)));
        }
        else {
            // Older versions map each tag to an image id, which is not a manifest's
            // digest.
            tags.names().forEach((tag) -> events.add(new EventId.Random(), Kind.PUSH, image(body, tags.withText(tag))));
        }
        return events.toList();
    }

    private static NamedImage image(Field body, Field tag) {
        return NamedImage.of(body.at("repository"), tag, tag.withText(null));
    }

}
