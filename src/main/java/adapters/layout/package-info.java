/**
 * Folders in the form of the OCI image layout (image-layout.md) as registries, for air
 * gaps and backups. May import {@code replication} and {@code oci}.
 */
@NullMarked
package adapters.layout;

import org.jspecify.annotations.NullMarked;
