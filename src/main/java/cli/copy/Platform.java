package cli.copy;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What an image runs on, as an index tells it (OCI image specification, image-index.md).
 *
 * @param variant empty where any will do
 */
record Platform(String os, String architecture, String variant) {

    /**
     * Reads {@code linux/arm64} or {@code linux/arm/v7}.
     * @throws IllegalArgumentException where it is neither
     */
    static Platform parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length < 2 || parts.length > 3 || text.startsWith("/") || text.contains("//") || text.endsWith("/")) {
            throw new IllegalArgumentException(
                    "\"%s\" is no platform; it is written os/architecture[/variant], as in linux/arm64"
                        .formatted(text));
        }
        return new Platform(parts[0], parts[1], (parts.length == 3) ? parts[2] : "");
    }

    /** Of a descriptor in an index. */
    static Platform of(JsonNode descriptor) {
        JsonNode platform = descriptor.path("platform");
        return new Platform(platform.path("os").asText("unknown"), platform.path("architecture").asText("unknown"),
                platform.path("variant").asText(""));
    }

    boolean accepts(Platform other) {
        return this.os.equals(other.os) && this.architecture.equals(other.architecture)
                && (this.variant.isEmpty() || this.variant.equals(other.variant));
    }

    @Override
    public String toString() {
        return this.os + "/" + this.architecture + (this.variant.isEmpty() ? "" : "/" + this.variant);
    }

}
