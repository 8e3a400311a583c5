package events;

import java.util.List;

import replication.event.HookDelivery;
import replication.event.RegistryEvent;
import replication.event.RegistryEvent.Kind;
import replication.event.Remarks;

/** Docker Hub's webhooks, which report pushes only and name no digest. */
final class DockerHubSender implements JsonSender {

    @Override
    public String identity() {
        return "dockerhub";
    }

    @Override
    public String description() {
        return "Docker Hub: a repository's webhook";
    }

    @Override
    public boolean fits(HookDelivery delivery, Field body) {
        return body.at("push_data").isObject() && body.at("repository").isObject();
    }

    @Override
    public List<RegistryEvent> read(HookDelivery delivery, Field body, Remarks remarks) {
        Field push = body.at("push_data").object();
        Field repository = body.at("repository").object().at("repo_name");
        EventId id = EventId.byContent("push", push.at("pushed_at"));
        push.at("tag").text();
        NamedImage image = NamedImage.of(repository.withText(official(repository.text())), push.at("tag"),
                push.at("digest").withText(null));
        return new EventList().add(id, Kind.PUSH, image).toList();
    }

    private static String official(String name) {
        return (name.indexOf('/') < 0) ? "library/" + name : name;
    }

}
