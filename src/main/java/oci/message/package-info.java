/**
 * A request and its answer as values: what is sent, what came, and what a refusal means.
 */
@NullMarked
package oci.message;

import org.jspecify.annotations.NullMarked;
