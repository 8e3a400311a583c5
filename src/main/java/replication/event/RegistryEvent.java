package replication.event;

import org.jspecify.annotations.Nullable;
import replication.ResourceType;

/**
 * A hint that something has changed at a registry; the registry itself is then asked.
 *
 * @param id the same for each delivery of one event, and different for two events of one
 * hook; at most 256 characters. For a sender that gives neither an id nor a time (Quay,
 * JFrog) it is new with each delivery, so that a second push of a tag is not lost
 * @param resource the type of what has changed
 * @param repository as the registry's API names it, without its host
 * @param tag null for an event that names a digest only
 * @param digest null for an event that names a tag only
 */
public record RegistryEvent(String id, Kind kind, ResourceType resource, String repository, @Nullable String tag,
        @Nullable String digest) {

    /** An event of an image; most registries report nothing else. */
    public static RegistryEvent ofImage(String id, Kind kind, String repository, @Nullable String tag,
            @Nullable String digest) {
        return new RegistryEvent(id, kind, ResourceType.IMAGE, repository, tag, digest);
    }

    public enum Kind {

        PUSH, DELETE

    }

}
