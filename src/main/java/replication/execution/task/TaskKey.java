package replication.execution.task;

/**
 * Identifies a task: its execution, by which the tables are partitioned, and its own id.
 */
public record TaskKey(long executionId, long taskId) {

    /** The form in a job's instance name. */
    @Override
    public String toString() {
        return this.executionId + "/" + this.taskId;
    }

    public static TaskKey parse(String text) {
        int slash = text.indexOf('/');
        return new TaskKey(Long.parseLong(text.substring(0, slash)), Long.parseLong(text.substring(slash + 1)));
    }

}
