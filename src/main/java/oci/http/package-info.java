/**
 * Sends a request to one registry: the permit, the authorization, redirects, retries, and
 * one failure for whatever goes wrong.
 */
@NullMarked
package oci.http;

import org.jspecify.annotations.NullMarked;
