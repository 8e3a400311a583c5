package replication.policy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import replication.Refusal;

/** The kinds of filters that there are. */
public final class FilterKinds {

    /** Those that need no bean: {@code name}, {@code resource} and {@code tag}. */
    public static final FilterKinds BUILT_IN = new FilterKinds(List.of());

    private final Map<String, FilterKind> byId = new TreeMap<>();

    /**
     * Kinds of filters.
     * @param others those besides the built-in ones
     */
    public FilterKinds(List<FilterKind> others) {
        this.byId.put(Filter.TAG, new TagGlob());
        others.forEach((kind) -> this.byId.put(kind.id(), kind));
    }

    /**
     * What a policy's filters say about artifacts.
     * @throws IllegalStateException if one is of a kind that this version does not have
     */
    public ArtifactFilter of(Policy policy) {
        return new ArtifactFilter(policy.selection()
            .filters()
            .stream()
            .filter((filter) -> !filter.type().equals(Filter.NAME) && !filter.type().equals(Filter.RESOURCE))
            .map((filter) -> new ArtifactFilter.Part(filter, kind(filter).read(filter.value())))
            .toList());
    }

    private FilterKind kind(Filter filter) {
        FilterKind kind = this.byId.get(filter.type());
        if (kind == null) {
            throw new IllegalStateException("this version has no filter \"%s\"".formatted(filter.type()));
        }
        return kind;
    }

    /**
     * Looks whether a filter can be read.
     * @param field names it in the refusal
     * @throws Refusal.Invalid if it is of no kind, or its value makes no sense
     */
    public void check(String field, Filter filter) {
        try {
            switch (filter.type()) {
                case Filter.NAME -> Glob.of(filter.value());
                case Filter.RESOURCE -> checkResource(field, filter);
                default -> checkOther(field, filter);
            }
        }
        catch (IllegalArgumentException ex) {
            throw new Refusal.Invalid(field + ".value", "bad pattern \"" + filter.value() + "\": " + ex.getMessage());
        }
    }

    private static void checkResource(String field, Filter filter) {
        if (filter.decoration() == Filter.Decoration.EXCLUDES) {
            throw new Refusal.Invalid(field + ".decoration", "a resource filter can only match");
        }
    }

    private void checkOther(String field, Filter filter) {
        if (!this.byId.containsKey(filter.type())) {
            throw new Refusal.Invalid(field + ".type", "a filter's type is name, %s or resource, not \"%s\""
                .formatted(String.join(", ", this.byId.keySet()), filter.type()));
        }
        kind(filter).read(filter.value());
    }

    /** The built-in kind {@code tag}. */
    private static final class TagGlob implements FilterKind {

        @Override
        public String id() {
            return Filter.TAG;
        }

        @Override
        public FilterKind.Match read(String value) {
            return new FilterKind.NameMatch(Glob.of(value)::matches);
        }

    }

}
