/**
 * Tasks, each for one repository of one execution; their claims and the outcomes of their
 * artifacts.
 */
@NullMarked
package replication.execution.task;

import org.jspecify.annotations.NullMarked;
