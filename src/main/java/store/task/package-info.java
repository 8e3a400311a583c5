/** The backlog: tasks, their claims, the outcomes of their artifacts, and their logs. */
@NullMarked
package store.task;

import org.jspecify.annotations.NullMarked;
