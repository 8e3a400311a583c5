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
 * CNCF Distribution 2.x and 3.x, whose envelopes differ only in their media type. It also
 * reports blobs, whose pushes are ignored. The deletion of a blob looks like that of a
 * manifest and is treated as one; this is harmless, because no tag has its digest.
 */
final class DistributionSender implements JsonSender {

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
        List<Field> sent = body.at("events").items();
        List<Refusal.Invalid> unread = new ArrayList<>();
        for (Field event : sent) {
            try {
                add(events, event);
            }
            catch (Refusal.Invalid ex) {
                unread.add(ex);
            }
        }
        if (!unread.isEmpty()) {
            // Distribution would send a refused delivery again for ever, and later events
            // would wait behind it.
            if (unread.size() == sent.size()) {
                throw unread.getFirst();
            }
            remarks.say("unread",
                    "%d of %d events of a delivery of distribution are ignored, because they cannot be read: %s"
                        .formatted(unread.size(), sent.size(), unread.getFirst().getMessage()));
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
        EventId id = EventId.bySender(event.at("id").textOrNull(),
                EventId.byContent(kind.name(), event.at("timestamp")));
        events.add(id, kind, NamedImage.of(target));
    }

    private static boolean isManifest(@Nullable String mediaType) {
        return mediaType != null && (mediaType.startsWith(DOCKER_MANIFESTS) || OCI_MANIFESTS.contains(mediaType));
    }

}
