/**
 * Tasks: one repository of one execution each, who has them, and what became of their
 * artifacts.
 */
@NullMarked
package replication.execution.task;

import org.jspecify.annotations.NullMarked;
