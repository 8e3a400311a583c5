package replication.registry;

import java.util.ArrayList;
import java.util.List;

import replication.Refusal;

/** What is wrong with a registry's values, so that all of it is told at once. */
public final class Faults {

    private final List<Refusal.Invalid> found = new ArrayList<>();

    /**
     * Notes what is wrong.
     * @param field as the API names it
     */
    public void add(String field, String reason) {
        this.found.add(new Refusal.Invalid(field, reason));
    }

    public void missing(String field) {
        add(field, field + " is missing");
    }

    /**
     * Refuses the request where something is wrong.
     * @throws Refusal.Invalid with all of it
     */
    public void refuse() {
        if (!this.found.isEmpty()) {
            throw new Refusal.Invalid(this.found);
        }
    }

    /** Such as {@code a, b or c}. */
    static String either(List<String> words) {
        int last = words.size() - 1;
        return (last < 1) ? String.join("", words)
                : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
    }

}
