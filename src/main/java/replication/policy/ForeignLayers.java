package replication.policy;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * What happens to layers that may not be distributed, such as those of Windows' base
 * images.
 */
public enum ForeignLayers {

    /**
     * The manifest is copied and still names where they are; their bytes are not copied.
     */
    SKIP_BYTES,
    /** They are copied like other layers. */
    COPY,
    /** An image that has one is not copied, alone or in an index. */
    SKIP_IMAGE;

    /** The name in JSON and in the database. */
    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

}
