package replication.policy;

/** What a policy's filters say about tags. */
public record TagFilter(Policy policy) {

    public boolean accepts(String tag) {
        return this.policy.filters().stream().allMatch((filter) -> switch (filter) {
            case Filter.Tag wanted -> wanted.accepts(tag);
            case Filter.Name _, Filter.Resource _ -> true;
        });
    }

}
