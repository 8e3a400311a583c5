package events;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import replication.event.RegistryEvent;
import replication.event.RegistryEvent.Kind;

/**
 * The events of one delivery. If several have the same id of the sender, the later ones
 * are numbered in the order of the payload, which is the same at each delivery.
 */
final class EventList {

    private final List<RegistryEvent> events = new ArrayList<>();

    private final Set<String> ids = new HashSet<>();

    private final Map<String, Integer> uses = new HashMap<>();

    EventList add(EventId id, Kind kind, NamedImage image) {
        this.events
            .add(RegistryEvent.ofImage(unique(id.of(image)), kind, image.repository(), image.tag(), image.digest()));
        return this;
    }

    List<RegistryEvent> toList() {
        return List.copyOf(this.events);
    }

    private String unique(String id) {
        int use = this.uses.getOrDefault(id, 0) + 1;
        String candidate = numbered(id, use);
        while (!this.ids.add(candidate)) {
            use++;
            candidate = numbered(id, use);
        }
        this.uses.put(id, use);
        return candidate;
    }

    private static String numbered(String id, int use) {
        return (use == 1) ? id : new EventId.BySender(id + "#" + use).text();
    }

}
