package oci.model;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How many requests a second an account may send to a registry, on all nodes together, by
 * what they do.
 *
 * @param perSecond 0 for no limit; what is missing is not said
 */
public record Rates(Map<Kind, Integer> perSecond) {

    public static final Rates NONE = new Rates(Map.of());

    public Rates {
        perSecond = Map.copyOf(perSecond);
        if (perSecond.values().stream().anyMatch((rate) -> rate < 0)) {
            throw new IllegalArgumentException("a rate must be 0 or more, but they are " + perSecond);
        }
    }

    /** The limit of one kind; 0 for none. */
    public int of(Kind kind) {
        return this.perSecond.getOrDefault(kind, 0);
    }

    /** The same with one more. */
    public Rates with(Kind kind, int most) {
        return new Rates(merged(this.perSecond, Map.of(kind, most), (_, said) -> said));
    }

    /** These and, where they say nothing, others. */
    public Rates orElse(Rates others) {
        return new Rates(merged(others.perSecond, this.perSecond, (_, said) -> said));
    }

    /** The stricter of both for each kind. */
    public Rates strictest(Rates other) {
        return new Rates(merged(this.perSecond, other.perSecond,
                (one, two) -> (one == 0 || two == 0) ? Math.max(one, two) : Math.min(one, two)));
    }

    private static Map<Kind, Integer> merged(Map<Kind, Integer> first, Map<Kind, Integer> second,
            BinaryOperator<Integer> both) {
        return Stream.concat(first.entrySet().stream(), second.entrySet().stream())
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, both));
    }

    /** By the kinds' names, in order. */
    public Map<String, Integer> byName() {
        Map<String, Integer> named = new TreeMap<>();
        this.perSecond.forEach((kind, rate) -> named.put(kind.id(), rate));
        return named;
    }

    /** What a request does; each counts as {@link #ALL} as well. */
    public enum Kind {

        ALL, READ, WRITE, MANIFEST_PUT, LIST, DELETE;

        /** Its name in the API. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

    }

}
