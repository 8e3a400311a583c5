package replication.execution.task;

import java.util.List;

/** How far running tasks are, for whoever asks. */
@FunctionalInterface
public interface Progresses {

    /**
     * Writes it, of all tasks in one statement. A task whose row another holds at this
     * moment, or that the claim no longer holds, is passed over.
     * @return whether all were written
     */
    boolean write(List<TaskProgress> tasks);

}
