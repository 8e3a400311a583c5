/**
 * A registry over HTTP, as the ports of this library show it.
 */
@NullMarked
package oci.remote;

import org.jspecify.annotations.NullMarked;
