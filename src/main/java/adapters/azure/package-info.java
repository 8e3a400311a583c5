/**
 * Azure's container registry.
 */
@NullMarked
package adapters.azure;

import org.jspecify.annotations.NullMarked;
