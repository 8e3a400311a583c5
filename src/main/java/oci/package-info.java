/**
 * The OCI distribution specification as a library: its ports are here, its values in
 * {@code model}, one room each for messages, HTTP, authentication, limits, blobs,
 * manifests, listings and saved logins, and {@code remote} joins them to a registry.
 * Imports nothing of Drayage, nor Spring, Camel or a database.
 */
@NullMarked
package oci;

import org.jspecify.annotations.NullMarked;
