package oci.model;

/**
 * A manifest as it came: its bytes are never made anew, so that its digest stays.
 *
 * @param mediaType without parameters
 * @param digest of the bytes, computed here
 */
@SuppressWarnings("ArrayRecordComponent")
public record RawManifest(String mediaType, Digest digest, byte[] bytes) {
}
