package replication.execution;

/**
 * How a task ended.
 *
 * @param statusText one line that says why; empty where there is nothing to say
 * @param unchanged how many artifacts were found equal
 */
record TaskEnd(TaskState state, String statusText, long unchanged) {
}
