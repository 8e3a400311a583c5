package replication.registry;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rules of a kind of registry for names of repositories.
 *
 * @param least the fewest levels, separated by slashes
 * @param most the most levels
 * @param longest in characters
 */
public record NameRules(int least, int most, int longest) {

    /** All names that the distribution specification allows. */
    public static final NameRules ANY = new NameRules(1, Integer.MAX_VALUE, 255);

    /** Why repositories cannot lie directly in a namespace; empty if they can. */
    public Optional<String> fault(String namespace) {
        return (levelsIn(namespace) < this.least) ? Optional.of(fault(namespace, "at least", this.least))
                : faultBelow(namespace);
    }

    /** Why repositories cannot lie in a namespace or further below; empty if they can. */
    public Optional<String> faultBelow(String namespace) {
        if (levelsIn(namespace) > this.most) {
            String fault = fault(namespace, "at most", this.most);
            return Optional.of((this.most < 2) ? fault : "%s; \"%s\" would fit".formatted(fault, fitting(namespace)));
        }
        // A slash and at least one character.
        return (namespace.length() + 2 > this.longest)
                ? Optional.of("a repository's name has at most %d characters here".formatted(this.longest))
                : Optional.empty();
    }

    /** The same with its last levels in one. */
    private String fitting(String namespace) {
        String[] levels = namespace.split("/", -1);
        int kept = this.most - 2;
        return Stream
            .concat(Stream.of(levels).limit(kept),
                    Stream.of(Stream.of(levels).skip(kept).collect(Collectors.joining("-"))))
            .collect(Collectors.joining("/"));
    }

    private static int levelsIn(String namespace) {
        return namespace.split("/", -1).length + 1;
    }

    private String fault(String namespace, String bound, int levels) {
        return "a repository's name has %s here, but in \"%s\" it would have %d".formatted(
                (this.least == this.most) ? levels(levels) : bound + " " + levels(levels), namespace,
                levelsIn(namespace));
    }

    private static String levels(int number) {
        return (number == 1) ? "1 level" : number + " levels";
    }

}
