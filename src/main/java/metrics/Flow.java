package metrics;

/**
 * A policy by its name and the names of its two registries: the labels of its gauges.
 */
record Flow(String policy, String source, String destination) {
}
