/**
 * Lists of repositories and tags, page by page, and the check that something is a
 * registry.
 */
@NullMarked
package oci.listing;

import org.jspecify.annotations.NullMarked;
