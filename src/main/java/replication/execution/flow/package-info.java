/**
 * The steps of discovery and transfer, as the routes call them.
 */
@NullMarked
package replication.execution.flow;

import org.jspecify.annotations.NullMarked;
