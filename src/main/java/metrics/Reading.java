package metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The result of the gauges' statement at a moment. Ages go on growing until the next
 * reading, also while the database is away.
 *
 * @param registries the health of each, by name: {@code healthy}, {@code unhealthy},
 * {@code unauthorized} or {@code unknown}
 */
record Reading(Instant at, Map<Flow, Load> loads, Map<Flow, Double> sinceSuccess, Map<String, String> registries) {

    /** Reads the rows as {@code camel/gauges.sql} has them. */
    static Reading of(Instant at, List<Map<String, @Nullable Object>> rows, Throughput throughput) {
        Map<Long, Long> bytes = new HashMap<>();
        for (Row row : rows.stream().map(Row::new).toList()) {
            row.execution().ifPresent((execution) -> bytes.put(execution, row.number("bytes")));
        }
        Map<Long, Double> rates = throughput.rates(at, bytes);
        Map<Flow, Load> loads = new HashMap<>();
        Map<Flow, Double> sinceSuccess = new HashMap<>();
        Map<String, String> registries = new HashMap<>();
        for (Row row : rows.stream().map(Row::new).toList()) {
            if (row.text("kind").equals("registry")) {
                registries.put(row.text("name"), row.text("health"));
            }
            else {
                loads.merge(row.flow(), row.load(rates), Load::plus);
                sinceSuccess.put(row.flow(), row.seconds("since_success"));
            }
        }
        return new Reading(at, Map.copyOf(loads), Map.copyOf(sinceSuccess), Map.copyOf(registries));
    }

    Load load(Flow flow) {
        return this.loads.getOrDefault(flow, Load.NONE);
    }

    /** Of all policies that read from a registry or write to it. */
    Load load(String registry) {
        return this.loads.entrySet()
            .stream()
            .filter((entry) -> entry.getKey().source().equals(registry)
                    || entry.getKey().destination().equals(registry))
            .map(Map.Entry::getValue)
            .reduce(Load.NONE, Load::plus);
    }

    /** Seconds that the oldest waiting task has waited by now. */
    double age(Load load, Instant now) {
        return (load.age() > 0) ? load.age() + secondsUntil(now) : 0;
    }

    /** NaN where there is no such policy any more. */
    double sinceSuccess(Flow flow, Instant now) {
        return this.sinceSuccess.getOrDefault(flow, Double.NaN) + secondsUntil(now);
    }

    /** 1 or 0; NaN before the first check. */
    double healthy(String registry) {
        return switch (this.registries.getOrDefault(registry, "unknown")) {
            case "healthy" -> 1;
            case "unknown" -> Double.NaN;
            default -> 0;
        };
    }

    double secondsUntil(Instant now) {
        return Duration.between(this.at, now).toMillis() / 1000.0;
    }

}
