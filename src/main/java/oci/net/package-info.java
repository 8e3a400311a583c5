/**
 * The way to a host: proxies, trust in certificates and the time-outs of a connection.
 */
@NullMarked
package oci.net;

import org.jspecify.annotations.NullMarked;
