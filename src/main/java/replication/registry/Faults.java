package replication.registry;

import java.util.ArrayList;
import java.util.List;

import replication.Refusal;

/** The faults of a registry's values, collected so that all are reported at once. */
public final class Faults {

    private final List<Refusal.Invalid> found = new ArrayList<>();

    /**
     * Notes a fault.
     * @param field its name in the API
     */
    public void add(String field, String reason) {
        this.found.add(new Refusal.Invalid(field, reason));
    }

    public void missing(String field) {
        add(field, field + " is missing");
    }

    /**
     * Refuses the request if there are faults.
     * @throws Refusal.Invalid with all faults
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
