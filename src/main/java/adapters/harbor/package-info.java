/**
 * Harbor 2.x and 1.x, by their own APIs.
 */
@NullMarked
package adapters.harbor;

import org.jspecify.annotations.NullMarked;
