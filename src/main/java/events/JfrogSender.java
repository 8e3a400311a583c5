package events;

import java.util.List;

import replication.event.HookDelivery;
import replication.event.RegistryEvent;
import replication.event.RegistryEvent.Kind;
import replication.event.Remarks;

/** JFrog Artifactory's webhooks of the domain docker, which have no time. */
final class JfrogSender implements JsonSender {

    @Override
    public String identity() {
        return "jfrog";
    }

    @Override
    public String description() {
        return "JFrog Artifactory: a webhook for Docker tags that were pushed or deleted";
    }

    @Override
    public boolean fits(HookDelivery delivery, Field body) {
        return body.at("domain").isText() && body.at("event_type").isText();
    }

    @Override
    public List<RegistryEvent> read(HookDelivery delivery, Field body, Remarks remarks) {
        if (!"docker".equals(body.at("domain").text())) {
            return List.of();
        }
        return switch (body.at("event_type").text()) {
            case "pushed", "promoted" -> events(Kind.PUSH, body.at("data").object());
            case "deleted" -> events(Kind.DELETE, body.at("data").object());
            default -> List.of();
        };
    }

    // If each repository has its own host, image names lack the repository's key. The
    // delivery does not tell, so both names are requested, and one of them exists.
    private static List<RegistryEvent> events(Kind kind, Field data) {
        Field image = data.at("image_name");
        Field sha256 = data.at("sha256");
        Field digest = (sha256.textOrNull() != null) ? sha256.withText("sha256:" + sha256.text()) : sha256;
        EventList events = new EventList();
        for (String name : List.of(data.at("repo_key").text() + "/" + image.text(), image.text())) {
            events.add(new EventId.Random(), kind, NamedImage.of(image.withText(name), data.at("tag"), digest));
        }
        return events.toList();
    }

}
