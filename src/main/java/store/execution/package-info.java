/**
 * Executions from their start, by hand, clock or event, to their end, and the commands of
 * operators.
 */
@NullMarked
package store.execution;

import org.jspecify.annotations.NullMarked;
