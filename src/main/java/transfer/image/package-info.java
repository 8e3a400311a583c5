/**
 * How a repository's images are compared and copied.
 */
@NullMarked
package transfer.image;

import org.jspecify.annotations.NullMarked;
