package api.registry;

import java.util.OptionalLong;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import oci.model.HostRecords;
import oci.model.HostRecords.Trait;
import org.jspecify.annotations.Nullable;

/**
 * The capabilities that a registry's host has shown; null if one is not known.
 *
 * @param host scheme, name and port
 * @param headDigest whether its answer to HEAD has a manifest's digest
 * @param headManifest whether it serves HEAD of manifests, which costs no pull
 * @param headBlob whether it serves HEAD of blobs
 * @param mount whether it did the last mount
 * @param chunked whether it takes uploads in pieces
 * @param resume whether it keeps an upload whose connection broke
 * @param ranges whether it serves parts of blobs
 * @param refusedBody the smallest body that it refused as too large, in bytes
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record CapabilitiesView(String host, @Nullable Boolean headDigest, @Nullable Boolean headManifest,
        @Nullable Boolean headBlob, @Nullable Boolean mount, @Nullable Boolean chunked, @Nullable Boolean resume,
        @Nullable Boolean ranges, @Nullable Long refusedBody) {

    static CapabilitiesView of(String host, HostRecords records) {
        OptionalLong refused = records.smallestRefused(host);
        return new CapabilitiesView(host, shown(records, host, Trait.HEAD_DIGEST),
                shown(records, host, Trait.HEAD_MANIFEST), shown(records, host, Trait.HEAD_BLOB),
                shown(records, host, Trait.MOUNT), shown(records, host, Trait.CHUNKED),
                shown(records, host, Trait.RESUME), shown(records, host, Trait.RANGES),
                refused.isPresent() ? refused.getAsLong() : null);
    }

    private static @Nullable Boolean shown(HostRecords records, String host, Trait trait) {
        return records.shown(host, trait).orElse(null);
    }

}
