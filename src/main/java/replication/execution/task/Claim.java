package replication.execution.task;

/**
 * A node's right to work on a task. Every write about the task carries it (the fence):
 * once another node has claimed the task, the attempt has moved on and such a write
 * changes nothing.
 *
 * @param owner the node
 * @param attempt from 1, one more at every claim
 */
public record Claim(TaskKey key, String owner, int attempt) {
}
