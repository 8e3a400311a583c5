package replication.execution.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The repositories of a listing that are left out, because the destination takes no such
 * name. Used by one thread.
 */
final class UnfitNames {

    private static final int MOST_TOLD = 5;

    private final Function<String, Optional<String>> rules;

    private final List<String> told = new ArrayList<>();

    private int count;

    UnfitNames(Function<String, Optional<String>> rules) {
        this.rules = rules;
    }

    /** Whether the destination takes a name; one that it does not take is remembered. */
    boolean fits(String destination) {
        Optional<String> fault = this.rules.apply(destination);
        if (fault.isPresent()) {
            this.count++;
            if (this.told.size() < MOST_TOLD) {
                this.told.add(fault.get());
            }
        }
        return fault.isEmpty();
    }

    /** The names that do not fit, once each; empty if all fit. */
    String text() {
        if (this.count == 0) {
            return "";
        }
        return "%s left out, because the destination takes no such name: %s%s".formatted(
                (this.count == 1) ? "a repository is" : this.count + " repositories are", String.join(". ", this.told),
                (this.count > this.told.size()) ? " (and %d more)".formatted(this.count - this.told.size()) : "");
    }

}
