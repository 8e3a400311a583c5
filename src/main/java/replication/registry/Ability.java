package replication.registry;

import java.util.Locale;

/** An ability that some kinds of registries have and others lack. */
public enum Ability {

    /** Lists its repositories. */
    LIST,
    /** Lists the tags of a repository with the digests that they point at. */
    DIGEST_LIST,
    /**
     * Creates the repository, project or namespace that an upload says is missing, by the
     * registry's own API.
     */
    CREATE,
    /** Deletes a tag without any other tag. */
    DELETE_TAG,
    /** Lists the labels that the registry keeps with an artifact. */
    LABELS,
    /** The registry can post its events to a hook. */
    EVENTS,
    /** Makes the registry post its events, without an operator's work there. */
    EVENTS_CREATE,
    /** Reads the registry's events from a queue, where it cannot reach a hook. */
    EVENTS_POLL,
    /** Logs in with what the machine has, without a stored secret. */
    AMBIENT_LOGIN;

    /** Its name in the API, such as {@code digest_list}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

}
