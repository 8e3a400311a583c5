/**
 * The port that each type of resource implements: what is to be copied, what differs, and
 * what became of it.
 */
@NullMarked
package replication.execution.copy;

import org.jspecify.annotations.NullMarked;
