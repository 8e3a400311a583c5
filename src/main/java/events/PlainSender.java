package events;

import java.util.List;

import replication.event.HookDelivery;
import replication.event.RegistryEvent;
import replication.event.RegistryEvent.Kind;
import replication.event.Remarks;

/**
 * The simplest form, for scripts and an operator's own routes: one JSON object with
 * {@code event} ({@code push} or {@code delete}), {@code repository}, {@code tag} or
 * {@code digest}, and {@code id}, by which a second delivery of an event is recognised.
 */
final class PlainSender implements JsonSender {

    @Override
    public String identity() {
        return "plain";
    }

    @Override
    public String description() {
        return "Scripts and own routes: event, repository, tag or digest, id";
    }

    @Override
    public boolean fits(HookDelivery delivery, Field body) {
        String event = body.at("event").textOrEmpty();
        return (event.equals("push") || event.equals("delete")) && body.at("repository").isText();
    }

    @Override
    public List<RegistryEvent> read(HookDelivery delivery, Field body, Remarks remarks) {
        EventId id = EventId.bySender(body.at("id").textOrNull(), new EventId.Random());
        NamedImage image = NamedImage.of(body.at("repository"), body.at("tag"), body.at("digest"));
        return new EventList().add(id, kind(body.at("event")), image).toList();
    }

    private static Kind kind(Field event) {
        return switch (event.text()) {
            case "push" -> Kind.PUSH;
            case "delete" -> Kind.DELETE;
            default -> throw event.wrong("push or delete is expected");
        };
    }

}
