package replication.registry;

import java.util.Locale;

/** An ability that some kinds of registries have and others lack. */
public enum Ability {

    /** Lists its repositories. */
    LIST("list no repositories"),
    /** Lists the tags of a repository with the digests that they point at. */
    DIGEST_LIST("list no digests"),
    /**
     * Creates the repository, project or namespace that an upload says is missing, by the
     * registry's own API.
     */
    CREATE("create no repository"),
    /** Deletes a tag without any other tag. */
    DELETE_TAG("delete no tag without other tags"),
    /** Lists the labels that the registry keeps with an artifact. */
    LABELS("list no labels"),
    /** The registry can post its events to a hook. */
    EVENTS("post no events"),
    /** Makes the registry post its events, without an operator's work there. */
    EVENTS_CREATE("make no webhook by their API"),
    /** Reads the registry's events from a queue, where it cannot reach a hook. */
    EVENTS_POLL("have no queue of events that is read"),
    /** Logs in with what the machine has, without a stored secret. */
    AMBIENT_LOGIN("take no login from the machine");

    private final String lack;

    Ability(String lack) {
        this.lack = lack;
    }

    /** What registries without it do not do, such as "list no repositories". */
    String lack() {
        return this.lack;
    }

    /** Its name in the API, such as {@code digest_list}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

}
