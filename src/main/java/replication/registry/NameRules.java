package replication.registry;

import java.util.Optional;

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

    /**
     * Why repositories cannot lie directly in a namespace; empty if they can, or if that
     * is not known.
     */
    public Optional<String> fault(String namespace) {
        int levels = namespace.split("/", -1).length + 1;
        if (levels < this.least || levels > this.most) {
            return Optional.of("a repository's name has %s here, but in \"%s\" it would have %d".formatted(
                    (this.least == this.most) ? levels(this.least)
                            : (levels < this.least) ? "at least " + levels(this.least) : "at most " + levels(this.most),
                    namespace, levels));
        }
        // A slash and at least one character.
        return (namespace.length() + 2 > this.longest)
                ? Optional.of("a repository's name has at most %d characters here".formatted(this.longest))
                : Optional.empty();
    }

    private static String levels(int number) {
        return (number == 1) ? "1 level" : number + " levels";
    }

}
