/**
 * Any registry that speaks the OCI distribution specification, without its vendor's own
 * API.
 */
@NullMarked
package adapters.generic;

import org.jspecify.annotations.NullMarked;
