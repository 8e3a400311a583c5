package metrics;

import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** A row of the gauges' statement, its columns by name. */
record Row(Map<String, @Nullable Object> columns) {

    Flow flow() {
        return new Flow(text("name"), text("source"), text("destination"));
    }

    Load load(Map<Long, Double> rates) {
        return new Load(number("running"), number("waiting"), seconds("age"),
                execution().map((id) -> rates.getOrDefault(id, 0.0)).orElse(0.0));
    }

    Optional<Long> execution() {
        return Optional.ofNullable((Number) this.columns.get("execution")).map(Number::longValue);
    }

    String text(String column) {
        return String.valueOf(this.columns.get(column));
    }

    long number(String column) {
        return (this.columns.get(column) instanceof Number number) ? number.longValue() : 0;
    }

    double seconds(String column) {
        return (this.columns.get(column) instanceof Number number) ? number.doubleValue() : 0;
    }

}
