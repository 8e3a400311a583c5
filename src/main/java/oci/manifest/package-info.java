/**
 * The conversations about a manifest: head, pull, push and deletion, and how its bytes
 * are read.
 */
@NullMarked
package oci.manifest;

import org.jspecify.annotations.NullMarked;
