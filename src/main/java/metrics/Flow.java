package metrics;

/**
 * A policy by its name, with the names of the registries that it reads from and writes
 * to: what its gauges are labelled with.
 */
record Flow(String policy, String source, String destination) {
}
