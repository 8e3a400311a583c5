package replication.policy;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Spells out a pattern that has alternatives but no wildcard, such as
 * {@code library/{a,b}}. Reads what {@link GlobParser} has accepted.
 */
final class GlobLiterals {

    /** Listing a catalog is cheaper than asking for more names than this. */
    private static final int MOST = 100;

    private final String pattern;

    private int at;

    private boolean tooMany;

    private GlobLiterals(String pattern) {
        this.pattern = pattern;
    }

    /**
     * The names, each once; none if the pattern matches no name at all. Empty where they
     * are not known: the pattern has a wildcard, or would spell out too many.
     */
    static Optional<List<String>> of(String pattern) {
        if (pattern.isEmpty() || wild(pattern)) {
            return Optional.empty();
        }
        GlobLiterals literals = new GlobLiterals(pattern);
        List<String> names = literals.sequence(0).stream().filter((name) -> !name.isEmpty()).toList();
        return literals.tooMany ? Optional.empty() : Optional.of(names);
    }

    private static boolean wild(String pattern) {
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\\') {
                i++;
            }
            else if ("*?[".indexOf(c) >= 0) {
                return true;
            }
        }
        return false;
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
            found = switch (c) {
                case '{' -> product(found, alternatives(depth + 1));
                case '\\' -> product(found, List.of(String.valueOf(this.pattern.charAt(this.at++))));
                default -> product(found, List.of(String.valueOf(c)));
            };
        }
        return found;
    }

    private List<String> alternatives(int depth) {
        Stream<String> all = sequence(depth).stream();
        while (this.pattern.charAt(this.at) == ',') {
            this.at++;
            all = Stream.concat(all, sequence(depth).stream());
        }
        this.at++;
        return bounded(all);
    }

    private List<String> product(List<String> heads, List<String> tails) {
        return bounded(heads.stream().flatMap((head) -> tails.stream().map(head::concat)));
    }

    /** Never more than is allowed, however many there are: then the answer is void. */
    private List<String> bounded(Stream<String> names) {
        List<String> each = names.distinct().limit(MOST + 1L).toList();
        this.tooMany |= each.size() > MOST;
        return this.tooMany ? List.of("") : each;
    }

}
