/**
 * The conversations about a blob: check, pull and upload.
 */
@NullMarked
package oci.blob;

import org.jspecify.annotations.NullMarked;
