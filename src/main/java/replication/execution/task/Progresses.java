package replication.execution.task;

import java.util.List;

/** The progress of running tasks, as their rows show it. */
@FunctionalInterface
public interface Progresses {

    /**
     * Writes the progress of all these tasks in one statement. A task is passed over
     * where another transaction holds its row or its claim no longer holds.
     * @return whether all were written
     */
    boolean write(List<TaskProgress> tasks);

}
