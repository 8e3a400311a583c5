package replication.execution.task;

import java.util.List;

/** Saves the progress of running tasks in their rows. */
@FunctionalInterface
public interface Progresses {

    /**
     * Writes the progress of all these tasks in one statement. A task is skipped if
     * another transaction holds its row or its claim no longer holds.
     * @return whether all were written
     */
    boolean write(List<TaskProgress> tasks);

}
