package replication.policy;

import java.util.List;
import java.util.Optional;

/** What a policy's filters say about tags. */
public record TagFilter(Policy policy) {

    public boolean accepts(String tag) {
        return this.policy.filters().stream().allMatch((filter) -> switch (filter) {
            case Filter.Tag wanted -> wanted.accepts(tag);
            case Filter.Name _, Filter.Resource _ -> true;
        });
    }

    /**
     * All tags that it accepts, where a filter names them without any wildcard; empty
     * where none does.
     */
    public Optional<List<String>> spelledOut() {
        return this.policy.filters()
            .stream()
            .filter(Filter.Tag.class::isInstance)
            .map(Filter.Tag.class::cast)
            .filter((tag) -> tag.decoration() == Filter.Decoration.MATCHES)
            .flatMap((tag) -> tag.glob().literals().stream())
            .findFirst()
            .map((tags) -> tags.stream().filter(this::accepts).toList());
    }

}
