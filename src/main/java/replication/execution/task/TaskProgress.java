package replication.execution.task;

/** The progress of a task, as its owner sees it. */
public record TaskProgress(Claim claim, Progress progress) {
}
