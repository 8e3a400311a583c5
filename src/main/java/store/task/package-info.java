/**
 * The backlog: tasks, who has them, what became of each artifact, and their logs.
 */
@NullMarked
package store.task;

import org.jspecify.annotations.NullMarked;
