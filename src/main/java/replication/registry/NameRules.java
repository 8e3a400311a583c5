package replication.registry;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a kind of registry for names of repositories. A level is a part of a name
 * between slashes.
 *
 * @param least the fewest levels
 * @param most the most levels
 * @param longest in characters
 * @param first the most characters of the first level; 0 where only the whole counts
 * @param rest the most characters below the first level; 0 where only the whole counts
 * @param level what each level matches; null for what the distribution specification
 * allows
 * @param fixed what the first levels are at the vendor, such as a project
 */
public record NameRules(int least, int most, int longest, int first, int rest, @Nullable Pattern level,
        List<String> fixed) {

    /** All names that the distribution specification allows. */
    public static final NameRules ANY = new NameRules(1, Integer.MAX_VALUE, 255);

    /** A level in the distribution specification's own words, which has no upper case. */
    public static final String LOWER = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";

    private static final Pattern NOT_ALLOWED = Pattern.compile("[^a-z0-9._-]+");

    private static final Pattern AT_THE_ENDS = Pattern.compile("^[._-]+|[._-]+$");

    private static final List<String> NUMBERS = List.of("no level", "one level", "two levels", "three levels",
            "four levels");

    public NameRules {
        fixed = List.copyOf(fixed);
    }

    public NameRules(int least, int most, int longest) {
        this(least, most, longest, 0, 0, null, List.of());
    }

    /** The same with lengths of the first level and of all below it. */
    public NameRules withLengths(int ofFirst, int ofRest) {
        return new NameRules(this.least, this.most, this.longest, ofFirst, ofRest, this.level, this.fixed);
    }

    /** The same with a regular expression that each level matches. */
    public NameRules withLevel(String expression) {
        return new NameRules(this.least, this.most, this.longest, this.first, this.rest, Pattern.compile(expression),
                this.fixed);
    }

    /** The same with words for what the first levels are. */
    public NameRules withFixed(String... names) {
        return new NameRules(this.least, this.most, this.longest, this.first, this.rest, this.level, List.of(names));
    }

    /**
     * Why a registry takes no repository of this name, and which name it would take;
     * empty if it takes it.
     * @param taker who takes it, such as {@code Docker Hub}
     */
    public Optional<String> fault(String taker, String repository) {
        return broken(repository).map((rule) -> taker + " takes " + rule
                + fitting(repository).map((name) -> "; \"%s\" would become \"%s\"".formatted(repository, name))
                    .orElse(", but the name is \"%s\"".formatted(repository)));
    }

    /** The rule that a repository's name breaks; empty if it keeps all. */
    private Optional<String> broken(String repository) {
        String[] levels = repository.split("/", -1);
        if (levels.length < this.least || levels.length > this.most) {
            return Optional.of(levels());
        }
        return lengths(repository).or(() -> brokenLevel(repository));
    }

    private Optional<String> brokenLevel(String name) {
        Pattern each = this.level;
        return (each == null) ? Optional.empty()
                : Stream.of(name.split("/", -1))
                    .filter((part) -> !each.matches(part))
                    .map("no \"%s\" as a part of a name"::formatted)
                    .findFirst();
    }

    private Optional<String> lengths(String name) {
        int slash = name.indexOf('/');
        if (name.length() > this.longest) {
            return Optional.of("names of at most %d characters".formatted(this.longest));
        }
        if (this.first > 0 && ((slash < 0) ? name.length() : slash) > this.first) {
            return Optional.of("at most %d characters before the first slash of a name".formatted(this.first));
        }
        return (this.rest > 0 && slash >= 0 && name.length() - slash - 1 > this.rest)
                ? Optional.of("at most %d characters after the first slash of a name".formatted(this.rest))
                : Optional.empty();
    }

    private String levels() {
        String ofFixed = this.fixed.isEmpty() ? "" : " (%s/…)".formatted(String.join("/", this.fixed));
        if (this.least == this.most) {
            return words(this.least) + ofFixed;
        }
        return (this.most < Integer.MAX_VALUE && this.least < 2) ? "at most " + words(this.most)
                : ((this.most < Integer.MAX_VALUE) ? "from %s to %s".formatted(words(this.least), words(this.most))
                        : "at least " + words(this.least)) + ofFixed;
    }

    private static String words(int levels) {
        return (levels < NUMBERS.size()) ? NUMBERS.get(levels) : levels + " levels";
    }

    /** The nearest name that keeps the rules; empty if there is none. */
    public Optional<String> fitting(String repository) {
        String[] levels = repository.split("/", -1);
        String joined = (levels.length <= this.most) ? repository : joined(levels, this.most);
        String plain = (this.level == null) ? joined
                : Stream.of(joined.split("/", -1)).map(NameRules::plain).collect(Collectors.joining("/"));
        return Optional.of(plain).filter((name) -> broken(name).isEmpty());
    }

    /** The last levels in one. */
    private static String joined(String[] levels, int most) {
        return Stream
            .concat(Stream.of(levels).limit(most - 1L),
                    Stream.of(Stream.of(levels).skip(most - 1L).collect(Collectors.joining("-"))))
            .collect(Collectors.joining("/"));
    }

    private static String plain(String part) {
        String allowed = NOT_ALLOWED.matcher(part.toLowerCase(Locale.ROOT)).replaceAll("-");
        return AT_THE_ENDS.matcher(allowed).replaceAll("");
    }

    /** Why repositories cannot lie directly in a namespace; empty if they can. */
    public Optional<String> fault(String namespace) {
        return (levelsIn(namespace) < this.least) ? Optional.of(fault(namespace, "at least", this.least))
                : faultBelow(namespace);
    }

    /** Why repositories cannot lie in a namespace or further below; empty if they can. */
    public Optional<String> faultBelow(String namespace) {
        if (levelsIn(namespace) > this.most) {
            String fault = fault(namespace, "at most", this.most);
            return Optional.of((this.most < 2) ? fault
                    : "%s; \"%s\" would fit".formatted(fault, joined(namespace.split("/", -1), this.most - 1)));
        }
        // A slash and at least one character.
        return lengths(namespace + "/x").or(() -> brokenLevel(namespace))
            .map((rule) -> "a registry of this kind takes " + rule);
    }

    private static int levelsIn(String namespace) {
        return namespace.split("/", -1).length + 1;
    }

    private String fault(String namespace, String bound, int levels) {
        return "a repository's name has %s here, but in \"%s\" it would have %d".formatted(
                (this.least == this.most) ? number(levels) : bound + " " + number(levels), namespace,
                levelsIn(namespace));
    }

    private static String number(int levels) {
        return (levels == 1) ? "1 level" : levels + " levels";
    }

}
