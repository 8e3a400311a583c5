package replication.execution.task;

/**
 * A node's right to work on a task. Every write about the task carries it (the fence):
 * after another node has claimed the task its attempt is higher, and such a write changes
 * nothing.
 *
 * @param owner the node
 * @param attempt counts the claims, from 1
 */
public record Claim(TaskKey key, String owner, int attempt) {
}
