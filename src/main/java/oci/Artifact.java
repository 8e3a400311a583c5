package oci;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * An artifact as a listing of its repository describes it. Registries differ in what
 * their listings tell.
 *
 * @param tag empty for an artifact without one
 * @param digest what the tag points at; empty where the listing does not tell
 * @param type its media or artifact type; empty where the listing does not tell
 * @param labels those that the registry keeps, by name; null where the listing does not
 * tell
 * @param pushed when it was pushed; null where the listing does not tell
 * @param locked whether the registry refuses to change the tag
 */
public record Artifact(String tag, String digest, String type, @Nullable Map<String, String> labels,
        @Nullable Instant pushed, boolean locked) {

    public Artifact {
        labels = (labels != null) ? Map.copyOf(labels) : null;
    }

    /** An artifact of which the tag alone is known. */
    public static Artifact tagged(String tag) {
        return tagged(tag, "");
    }

    /** An artifact of which the tag and what it points at are known. */
    public static Artifact tagged(String tag, String digest) {
        return new Artifact(tag, digest, "", null, null, false);
    }

}
