package api;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import oci.model.OutsideText;
import org.jspecify.annotations.Nullable;
import replication.Refusal;

/**
 * The query of a request: the documented parameters, each at most once, with their
 * decoded values. Headers and the body are not part of it.
 */
public final class Query {

    private static final int MOST_SHOWN = 100;

    private final Map<String, String> values;

    private Query(Map<String, String> values) {
        this.values = values;
    }

    /** An empty query. */
    public static Query empty() {
        return new Query(Map.of());
    }

    /**
     * Reads a query.
     * @param raw the query in the URI, without the question mark; null for none
     * @param documented the names of the operation's parameters
     * @throws RequestJson.Malformed if its encoding is wrong
     * @throws Refusal.Invalid if a parameter is not documented or is given twice
     */
    public static Query parse(@Nullable String raw, Set<String> documented) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : (raw != null) ? raw.split("&") : new String[0]) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = decoded((equals >= 0) ? pair.substring(0, equals) : pair);
            String value = (equals >= 0) ? decoded(pair.substring(equals + 1)) : "";
            if (!documented.contains(name)) {
                String shown = OutsideText.line(name, MOST_SHOWN);
                throw new Refusal.Invalid(shown, "there is no parameter \"" + shown + "\"");
            }
            if (values.putIfAbsent(name, value) != null) {
                throw new Refusal.Invalid(name, name + " is given twice");
            }
        }
        return new Query(values);
    }

    private static String decoded(String raw) {
        try {
            return UriText.decoded(raw.replace("+", "%20"));
        }
        catch (IllegalArgumentException ex) {
            throw new RequestJson.Malformed("the query cannot be read: " + ex.getMessage());
        }
    }

    /**
     * A parameter's text; null if it is not given or empty.
     * @throws Refusal.Invalid if PostgreSQL could not compare it
     */
    public @Nullable String text(String name) {
        String value = this.values.getOrDefault(name, "");
        if (value.indexOf('\0') >= 0) {
            throw new Refusal.Invalid(name, name + " holds a NUL character");
        }
        return value.isEmpty() ? null : value;
    }

    /** All given parameters, in their order. */
    Map<String, String> values() {
        return this.values;
    }

}
