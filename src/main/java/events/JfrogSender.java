package events;

import java.util.List;

import replication.event.Delivery;
import replication.event.RegistryEvent;
import replication.event.RegistryEvent.Kind;
import replication.event.Remarks;

/** JFrog Artifactory's webhooks of the domain docker, which give no time. */
final class JfrogSender implements Dialect {

    @Override
    public String identity() {
        return "jfrog";
    }

    @Override
    public String description() {
        return "JFrog Artifactory: a webhook for Docker tags that were pushed or deleted";
    }

    @Override
    public boolean fits(Delivery delivery, Field body) {
        return body.at("domain").isText() && body.at("event_type").isText();
    }

    @Override
    public List<RegistryEvent> read(Delivery delivery, Field body, Remarks remarks) {
        if (!"docker".equals(body.at("domain").text())) {
            return List.of();
        }
        return switch (body.at("event_type").text()) {
            case "pushed" -> event(Kind.PUSH, body.at("data").object());
            case "deleted" -> event(Kind.DELETE, body.at("data").object());
            default -> List.of();
        };
    }

    private static List<RegistryEvent> event(Kind kind, Field data) {
        String repository = data.at("repo_key").text() + "/" + data.at("image_name").text();
        Field sha256 = data.at("sha256");
        Field digest = (sha256.textOrNull() != null) ? sha256.saying("sha256:" + sha256.text()) : sha256;
        Mention mention = Mention.of(data.at("image_name").saying(repository), data.at("tag"), digest);
        return new EventList().add(new EventId.Fresh(), kind, mention).toList();
    }

}
