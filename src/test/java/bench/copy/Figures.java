package bench.copy;

import java.util.Map;

/**
 * What a copy has cost its tool.
 *
 * @param wall seconds
 * @param cpu seconds of processor, user and system
 * @param peak resident memory at its highest, in MiB; NaN where it is not known
 * @param more seconds by what they are of: the start of a process, the database's part
 */
record Figures(double wall, double cpu, double peak, Map<String, Double> more) {
}
