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
 * @param withheld why the registry does not give it, such as archived; empty if it does
 */
public record Artifact(String tag, String digest, String type, @Nullable Map<String, String> labels,
        @Nullable Instant pushed, boolean locked, String withheld) {

    public Artifact {
        labels = (labels != null) ? Map.copyOf(labels) : null;
    }

    /** An artifact that the registry gives. */
    public Artifact(String tag, String digest, String type, @Nullable Map<String, String> labels,
            @Nullable Instant pushed, boolean locked) {
        this(tag, digest, type, labels, pushed, locked, "");
    }

    /** The same, which the registry does not give for this reason. */
    public Artifact withheld(String reason) {
        return new Artifact(this.tag, this.digest, this.type, this.labels, this.pushed, this.locked, reason);
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
