/**
 * Events of registries: how they are proved, read and kept until they start executions.
 */
@NullMarked
package replication.event;

import org.jspecify.annotations.NullMarked;
