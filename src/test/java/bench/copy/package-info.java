/**
 * {@code bench/copy.sh}: Drayage beside other tools that copy images, by turns on the
 * same registries and lines.
 */
@NullMarked
package bench.copy;

import org.jspecify.annotations.NullMarked;
