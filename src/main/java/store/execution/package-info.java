/**
 * Executions from their start by hand, clock or event to their end, and what an operator
 * does to them.
 */
@NullMarked
package store.execution;

import org.jspecify.annotations.NullMarked;
