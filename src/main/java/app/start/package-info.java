/**
 * The start of a node: its report, the sample, and why it may be refused.
 */
@NullMarked
package app.start;

import org.jspecify.annotations.NullMarked;
