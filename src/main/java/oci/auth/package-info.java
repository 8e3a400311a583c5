/**
 * How a registry is authenticated to: its challenge, its token service, and credentials
 * that end.
 */
@NullMarked
package oci.auth;

import org.jspecify.annotations.NullMarked;
