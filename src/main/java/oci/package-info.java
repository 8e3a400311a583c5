/**
 * The protocol of the OCI distribution specification: references, digests, manifests,
 * authentication, one class a conversation, one HTTP caller. May import
 * {@code replication}; knows neither Spring nor Camel nor a database.
 */
@NullMarked
package oci;

import org.jspecify.annotations.NullMarked;
