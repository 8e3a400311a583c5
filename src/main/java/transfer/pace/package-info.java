/**
 * How fast bytes pass: limits of bandwidth, and what is counted on the way.
 */
@NullMarked
package transfer.pace;

import org.jspecify.annotations.NullMarked;
