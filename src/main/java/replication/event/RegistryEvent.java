package replication.event;

import org.jspecify.annotations.Nullable;
import replication.ResourceType;

/**
 * That something has changed at a registry: a hint, after which the registry itself is
 * asked.
 *
 * @param id the same for each delivery of one event, and different for two events of one
 * hook; at most 256 characters. Of a sender that gives neither an id nor a time (Quay,
 * JFrog) it is new with each delivery, lest a second push of a tag be lost
 * @param resource the type of what has changed
 * @param repository as the registry's API names it, without its host
 * @param tag null where the event names a digest alone
 * @param digest null where the event names a tag alone
 */
public record RegistryEvent(String id, Kind kind, ResourceType resource, String repository, @Nullable String tag,
        @Nullable String digest) {

    /** An event of an image, which is all that most registries tell of. */
    public static RegistryEvent ofImage(String id, Kind kind, String repository, @Nullable String tag,
            @Nullable String digest) {
        return new RegistryEvent(id, kind, ResourceType.IMAGE, repository, tag, digest);
    }

    public enum Kind {

        PUSH, DELETE

    }

}
