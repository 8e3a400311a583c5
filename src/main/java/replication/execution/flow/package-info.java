/**
 * What the routes of discover and transfer call.
 */
@NullMarked
package replication.execution.flow;

import org.jspecify.annotations.NullMarked;
