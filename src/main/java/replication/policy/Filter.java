package replication.policy;

import java.util.Locale;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Narrows what a policy replicates. A thing is replicated only if all filters of the
 * policy accept it.
 *
 * @param type what the filter looks at, by the API's name
 * @param value what it looks for, as it was written
 */
public record Filter(String type, String value, Decoration decoration) {

    /** Looks at the repository's whole name, such as {@code library/app}. */
    public static final String NAME = "name";

    /** Looks at the tag. */
    public static final String TAG = "tag";

    /**
     * The end of the types that look at the same by a regular expression (RE2), which
     * covers the whole name: {@code name_regex} and {@code tag_regex}.
     */
    public static final String REGEX = "_regex";

    /** Looks at the type of resource. */
    public static final String RESOURCE = "resource";

    public Filter {
        type = Objects.requireNonNullElse(type, "");
        value = Objects.requireNonNullElse(value, "");
        decoration = Objects.requireNonNullElse(decoration, Decoration.MATCHES);
    }

    /** A filter that accepts what it finds. */
    public static Filter matching(String type, String value) {
        return new Filter(type, value, Decoration.MATCHES);
    }

    /** A filter that leaves out what it finds. */
    public static Filter excluding(String type, String value) {
        return new Filter(type, value, Decoration.EXCLUDES);
    }

    boolean accepts(boolean found) {
        return (this.decoration == Decoration.MATCHES) == found;
    }

    /** Whether what matches goes in or stays out; named as Harbor names it. */
    public enum Decoration {

        MATCHES, EXCLUDES;

        /** The name in JSON and in the database. */
        @JsonValue
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

    }

}
