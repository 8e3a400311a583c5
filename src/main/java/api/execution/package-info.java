/**
 * Executions and their tasks.
 */
@NullMarked
package api.execution;

import org.jspecify.annotations.NullMarked;
