package replication.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * Spells out a pattern that has alternatives but no wildcard, such as
 * {@code library/{a,b}}.
 */
final class GlobLiterals {

    private static final int MAX = 100;

    private final String pattern;

    private int at;

    private GlobLiterals(String pattern) {
        this.pattern = pattern;
    }

    static List<String> of(String pattern) {
        boolean wild = pattern.isEmpty() || pattern.chars().anyMatch((c) -> "*?[\\".indexOf(c) >= 0);
        return wild ? List.of() : new GlobLiterals(pattern).sequence(0);
    }

    /**
     * Reads up to the end, or up to the {@code ,} or <code>}</code> that ends an
     * alternative.
     */
    private List<String> sequence(int depth) {
        List<String> found = List.of("");
        while (this.at < this.pattern.length()) {
            char c = this.pattern.charAt(this.at);
            if (depth > 0 && (c == ',' || c == '}')) {
                break;
            }
            this.at++;
            found = product(found, (c == '{') ? alternatives(depth + 1) : List.of(String.valueOf(c)));
        }
        return found;
    }

    private List<String> alternatives(int depth) {
        List<String> all = new ArrayList<>(sequence(depth));
        while (this.pattern.charAt(this.at) == ',') {
            this.at++;
            all.addAll(sequence(depth));
        }
        this.at++;
        return (all.size() > MAX) ? List.of() : all;
    }

    /** Empty where it would become too much: then a listing is cheaper. */
    private static List<String> product(List<String> heads, List<String> tails) {
        if (heads.size() * tails.size() > MAX) {
            return List.of();
        }
        return heads.stream().flatMap((head) -> tails.stream().map(head::concat)).toList();
    }

}
