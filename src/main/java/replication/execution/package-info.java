/**
 * Executions and their tasks: the states, the flow's steps as services, and the ports to
 * the database and to what copies.
 */
@NullMarked
package replication.execution;

import org.jspecify.annotations.NullMarked;
