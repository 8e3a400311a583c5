package events;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import replication.Refusal;
import replication.event.HookDelivery;
import replication.event.RegistryEvent;
import replication.event.RegistryEvent.Kind;
import replication.event.Remarks;

/** GitHub's webhook events {@code package} and {@code registry_package}. */
final class GithubSender implements JsonSender {

    private static final String EVENT = "X-GitHub-Event";

    @Override
    public String identity() {
        return "github";
    }

    @Override
    public String description() {
        return "GitHub: a webhook of a repository or organisation for packages of ghcr.io";
    }

    @Override
    public boolean fits(HookDelivery delivery, Field body) {
        return delivery.header(EVENT).isPresent() && !GiteaSender.sent(delivery);
    }

    @Override
    public List<RegistryEvent> read(HookDelivery delivery, Field body, Remarks remarks) {
        return switch (delivery.header(EVENT).orElse("")) {
            case "package" -> events(delivery, body, body.at("package").object());
            case "registry_package" -> events(delivery, body, body.at("registry_package").object());
            case "" -> throw new Refusal.Invalid(EVENT, "the header " + EVENT + " is missing");
            default -> List.of();
        };
    }

    private static List<RegistryEvent> events(HookDelivery delivery, Field body, Field named) {
        if (!"container".equalsIgnoreCase(named.at("package_type").text())) {
            return List.of();
        }
        return switch (body.at("action").text()) {
            case "published", "updated" -> event(delivery, Kind.PUSH, named);
            case "deleted" -> event(delivery, Kind.DELETE, named);
            default -> List.of();
        };
    }

    private static List<RegistryEvent> event(HookDelivery delivery, Kind kind, Field named) {
        if (named.at("package_version").isAbsent()) {
            return List.of();
        }
        Field version = named.at("package_version").object();
        Field tag = version.at("container_metadata").at("tag");
        // GitHub's own id is in a header, which the signature does not cover.
        EventId id = EventId.ofBody(delivery);
        // ghcr.io has the names of organisations in lower case.
        String repository = (named.at("namespace").text() + "/" + named.at("name").text()).toLowerCase(Locale.ROOT);
        NamedImage image = NamedImage.of(named.at("name").withText(repository), tag.at("name"), digest(version));
        return new EventList().add(id, kind, image).toList();
    }

    /** The digest; the tag of an untagged version has none. */
    private static Field digest(Field version) {
        Field metadata = version.at("container_metadata");
        return Stream.of(metadata.at("tag").at("digest"), metadata.at("manifest").at("digest"))
            .filter((digest) -> digest.textOrNull() != null)
            .findFirst()
            .orElse(version.at("version"));
    }

}
