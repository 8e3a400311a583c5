package replication.execution.task;

/** How far a task is, as its owner sees it. */
public record TaskProgress(Claim claim, Progress progress) {
}
