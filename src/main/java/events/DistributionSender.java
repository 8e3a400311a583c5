package events;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import replication.Refusal;
import replication.event.HookDelivery;
import replication.event.RegistryEvent;
import replication.event.RegistryEvent.Kind;
import replication.event.Remarks;

/**
 * CNCF Distribution 2.x and 3.x, whose envelopes differ in their media type alone. It
 * tells of each blob as well. The deletion of a blob looks like that of a manifest and is
 * taken for one: the registry, asked, knows of no such manifest.
 */
final class DistributionSender implements Dialect {

    private static final String MEDIA_TYPES = "application/vnd.docker.distribution.events.";

    private static final String DOCKER_MANIFESTS = "application/vnd.docker.distribution.manifest.";

    private static final Set<String> OCI_MANIFESTS = Set.of("application/vnd.oci.image.manifest.v1+json",
            "application/vnd.oci.image.index.v1+json", "application/vnd.oci.artifact.manifest.v1+json");

    @Override
    public String identity() {
        return "distribution";
    }

    @Override
    public String description() {
        return "CNCF Distribution 2.x and 3.x: an endpoint of its notifications";
    }

    @Override
    public boolean fits(HookDelivery delivery, Field body) {
        return body.at("events").isArray()
                || delivery.header("Content-Type").filter((type) -> type.startsWith(MEDIA_TYPES)).isPresent();
    }

    @Override
    public List<RegistryEvent> read(HookDelivery delivery, Field body, Remarks remarks) {
        EventList events = new EventList();
        List<Field> told = body.at("events").items();
        List<Refusal.Invalid> unread = new ArrayList<>();
        for (Field event : told) {
            try {
                add(events, event);
            }
            catch (Refusal.Invalid ex) {
                unread.add(ex);
            }
        }
        if (!unread.isEmpty()) {
            // It would send them again for ever, and all that comes after them would
            // wait.
            if (unread.size() == told.size()) {
                throw unread.getFirst();
            }
            remarks.say("unread", "%d of %d events of a delivery of distribution cannot be read and are left out: %s"
                .formatted(unread.size(), told.size(), unread.getFirst().getMessage()));
        }
        return events.toList();
    }

    private static void add(EventList events, Field event) {
        switch (event.object().at("action").text()) {
            case "push" -> {
                if (isManifest(event.at("target").object().at("mediaType").textOrNull())) {
                    add(events, Kind.PUSH, event);
                }
            }
            case "delete" -> add(events, Kind.DELETE, event);
            default -> {
                // A pull or a mount changes nothing that is replicated.
            }
        }
    }

    private static void add(EventList events, Kind kind, Field event) {
        Field target = event.at("target").object();
        EventId id = EventId.given(event.at("id").textOrNull(), EventId.told(kind.name(), event.at("timestamp")));
        events.add(id, kind, Mention.of(target));
    }

    private static boolean isManifest(@Nullable String mediaType) {
        return mediaType != null && (mediaType.startsWith(DOCKER_MANIFESTS) || OCI_MANIFESTS.contains(mediaType));
    }

}
