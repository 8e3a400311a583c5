/**
 * The states of executions and tasks, the moves between them, and when a task is tried
 * again.
 */
@NullMarked
package replication.execution.state;

import org.jspecify.annotations.NullMarked;
