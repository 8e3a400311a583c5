/**
 * What a copy of one repository is asked for, and what it tells: the port that each kind
 * of resource implements.
 */
@NullMarked
package replication.execution.copy;

import org.jspecify.annotations.NullMarked;
