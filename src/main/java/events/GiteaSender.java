package events;

import java.util.List;
import java.util.Locale;

import replication.event.HookDelivery;
import replication.event.RegistryEvent;
import replication.event.RegistryEvent.Kind;
import replication.event.Remarks;

/**
 * The webhook event {@code package} of Gitea and Forgejo. It comes with GitHub's header
 * as well, but its body is not GitHub's.
 */
final class GiteaSender implements JsonSender {

    private static final String EVENT = "X-Gitea-Event";

    private static final String DIGEST = "sha256:";

    @Override
    public String identity() {
        return "gitea";
    }

    @Override
    public String description() {
        return "Gitea and Forgejo: a webhook of a user or organisation for its container packages";
    }

    /** Whether a delivery is of Gitea, whatever other headers it has. */
    static boolean sent(HookDelivery delivery) {
        return delivery.header(EVENT).isPresent();
    }

    @Override
    public boolean fits(HookDelivery delivery, Field body) {
        return sent(delivery);
    }

    @Override
    public List<RegistryEvent> read(HookDelivery delivery, Field body, Remarks remarks) {
        Field named = body.at("package");
        if (named.isAbsent() || !"container".equals(named.object().at("type").text())) {
            return List.of();
        }
        return switch (body.at("action").text()) {
            case "created" -> event(delivery, Kind.PUSH, named);
            case "deleted" -> event(delivery, Kind.DELETE, named);
            default -> List.of();
        };
    }

    // A version is a tag or, of an untagged manifest, a digest.
    private static List<RegistryEvent> event(HookDelivery delivery, Kind kind, Field named) {
        Field version = named.at("version");
        Field none = version.withText(null);
        boolean untagged = version.text().startsWith(DIGEST);
        // The registry has names of owners in lower case.
        String repository = (named.at("owner").at("login").text() + "/" + named.at("name").text())
            .toLowerCase(Locale.ROOT);
        NamedImage image = NamedImage.of(named.at("name").withText(repository), untagged ? none : version,
                untagged ? version : none);
        // Gitea's own id is in a header, which the signature does not cover.
        return new EventList().add(EventId.ofBody(delivery), kind, image).toList();
    }

}
