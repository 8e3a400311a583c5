package replication;

import com.google.re2j.Pattern;

/**
 * A kind of thing that a policy can replicate, by the proposal's name. Which kinds there
 * are is said by the handlers that copy them and by the adapters that carry them.
 *
 * @param id the name in JSON and in the database
 */
public record ResourceType(String id) {

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9_-]{0,31}");

    /** Images and all other artifacts of the OCI distribution specification. */
    public static final ResourceType IMAGE = new ResourceType("image");

    public ResourceType {
        if (!ID.matches(id)) {
            throw new IllegalArgumentException(
                    "the name of a resource type has up to 32 of a-z, 0-9, - and _, but is \"" + id + "\"");
        }
    }

}
