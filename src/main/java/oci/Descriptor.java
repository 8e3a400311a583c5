package oci;

import java.util.List;

/**
 * Points at content (OCI image specification, descriptor.md).
 *
 * @param size in bytes; -1 where a registry did not say
 * @param urls where a foreign layer lies; empty for all else
 */
public record Descriptor(String mediaType, Digest digest, long size, List<String> urls) {

    public Descriptor {
        urls = List.copyOf(urls);
    }

    public Descriptor(String mediaType, Digest digest, long size) {
        this(mediaType, digest, size, List.of());
    }

}
