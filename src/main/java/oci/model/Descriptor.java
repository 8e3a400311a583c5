package oci.model;

import java.util.List;
import java.util.Locale;

/**
 * Points at content (OCI image specification, descriptor.md).
 *
 * @param size in bytes; -1 where a registry did not say
 * @param urls where it can be fetched from besides; of a foreign layer, instead
 */
public record Descriptor(String mediaType, Digest digest, long size, List<String> urls) {

    public Descriptor {
        urls = List.copyOf(urls);
    }

    public Descriptor(String mediaType, Digest digest, long size) {
        this(mediaType, digest, size, List.of());
    }

    /**
     * Whether it is a layer that may not lie in a registry (OCI image specification,
     * layer.md, "Non-Distributable Layers"; Docker's foreign layers). One of another type
     * that has URLs is a layer like others.
     */
    public boolean foreign() {
        String type = this.mediaType.toLowerCase(Locale.ROOT);
        return type.contains("nondistributable") || type.contains(".foreign.");
    }

}
