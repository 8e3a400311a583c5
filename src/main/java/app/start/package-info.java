/**
 * What happens when a node starts: what is said, the sample, and what stops it.
 */
@NullMarked
package app.start;

import org.jspecify.annotations.NullMarked;
