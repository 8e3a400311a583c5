package replication.policy;

import java.util.Locale;

/**
 * What becomes of layers that may not be distributed, such as those of Windows' base
 * images.
 */
public enum ForeignLayers {

    /** The manifest is copied, and names where they lie; their bytes are not. */
    SKIP_BYTES,
    /** They are copied like other layers. */
    COPY,
    /** An image that has one is not copied, alone or in an index. */
    SKIP_IMAGE;

    public static ForeignLayers of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
    }

    /** As the API has it. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

}
