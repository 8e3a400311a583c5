/**
 * The logins that {@code docker login}, {@code podman login} and credential helpers keep
 * for registries.
 */
@NullMarked
package oci.logins;

import org.jspecify.annotations.NullMarked;
