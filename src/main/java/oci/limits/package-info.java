/**
 * How much is asked of a host at once, how fast a blob is read, and how much memory that
 * takes.
 */
@NullMarked
package oci.limits;

import org.jspecify.annotations.NullMarked;
