/**
 * Executions from their start by hand, clock or event to their end, and the operators'
 * commands.
 */
@NullMarked
package store.execution;

import org.jspecify.annotations.NullMarked;
