package bench.copy;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a copy has cost its tool.
 *
 * @param wall seconds
 * @param cpu seconds of processor, user and system
 * @param peak resident memory at its highest, in MiB; NaN where it is not known
 * @param more seconds by what they are of: the start of a process, the database's part,
 * what the registries and the line have cost meanwhile
 */
record Figures(double wall, double cpu, double peak, Map<String, Double> more) {

    Figures with(String what, double seconds) {
        Map<String, Double> all = new TreeMap<>(this.more);
        all.put(what, seconds);
        return new Figures(this.wall, this.cpu, this.peak, all);
    }

}
