package oci;

/**
 * What an image runs on, as an index says (OCI image specification, image-index.md).
 *
 * @param variant empty for any
 */
public record Platform(String os, String architecture, String variant) {

    /**
     * Reads {@code linux/arm64} or {@code linux/arm/v7}.
     * @throws IllegalArgumentException if it is neither
     */
    public static Platform parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length < 2 || parts.length > 3 || text.startsWith("/") || text.contains("//") || text.endsWith("/")) {
            throw new IllegalArgumentException(
                    "\"%s\" is no platform; it is written os/architecture[/variant], as in linux/arm64"
                        .formatted(text));
        }
        return new Platform(parts[0], parts[1], (parts.length == 3) ? parts[2] : "");
    }

    /** Whether an image for another platform serves this one. */
    public boolean accepts(Platform other) {
        return this.os.equals(other.os) && this.architecture.equals(other.architecture)
                && (this.variant.isEmpty() || this.variant.equals(other.variant));
    }

    @Override
    public String toString() {
        return this.os + "/" + this.architecture + (this.variant.isEmpty() ? "" : "/" + this.variant);
    }

}
