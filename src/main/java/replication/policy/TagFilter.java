package replication.policy;

import java.util.List;
import java.util.Optional;

/** What a policy's filters say about tags. */
public final class TagFilter {

    private final List<NamePattern> tags;

    public TagFilter(Policy policy) {
        this.tags = NamePattern.of(policy, Filter.TAG);
    }

    public boolean accepts(String tag) {
        return this.tags.stream().allMatch((pattern) -> pattern.accepts(tag));
    }

    /**
     * All tags that it accepts, where a filter names them without any wildcard; empty
     * where none does.
     */
    public Optional<List<String>> spelledOut() {
        return NamePattern.spelledOut(this.tags);
    }

}
