/**
 * How an image is copied: diff, plan, blobs sent once and mounted, manifests in order,
 * the tag last. Runs without Spring, Camel or a database. May import {@code replication}
 * and {@code oci}.
 */
@NullMarked
package transfer;

import org.jspecify.annotations.NullMarked;
