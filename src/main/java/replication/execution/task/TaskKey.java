package replication.execution.task;

/** Names a task: its execution (the tables are partitioned by it) and its own id. */
public record TaskKey(long executionId, long taskId) {

    /** The form in which a job carries it. */
    @Override
    public String toString() {
        return this.executionId + "/" + this.taskId;
    }

    public static TaskKey parse(String text) {
        int slash = text.indexOf('/');
        return new TaskKey(Long.parseLong(text.substring(0, slash)), Long.parseLong(text.substring(slash + 1)));
    }

}
