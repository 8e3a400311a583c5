/**
 * The values of the OCI distribution specification and of how a registry is reached:
 * digests, descriptors, manifests, names, URLs, credentials, failures and the signal to
 * stop. Knows no other room.
 */
@NullMarked
package oci.model;

import org.jspecify.annotations.NullMarked;
