package replication.policy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import replication.Refusal;

/**
 * The kinds of filters: {@code name}, {@code resource} and {@code tag}, names and tags by
 * regular expressions, and those that are beans.
 */
public final class FilterKinds {

    /** The kinds that need no bean. */
    public static final FilterKinds BUILT_IN = new FilterKinds(List.of());

    private static final Set<String> BUILT_IN_IDS = Set.of(Filter.NAME, Filter.NAME + Filter.REGEX, Filter.RESOURCE,
            Filter.TAG, Filter.TAG + Filter.REGEX);

    private static final int MOST_CONTENTS = 50_000;

    private final Map<String, FilterKind> others = new TreeMap<>();

    private final Cache<ArtifactFilter.Content, Boolean> contents = Caffeine.newBuilder()
        .maximumSize(MOST_CONTENTS)
        .executor(Runnable::run)
        .build();

    /**
     * Kinds of filters.
     * @param others those besides the built-in ones
     */
    public FilterKinds(List<FilterKind> others) {
        others.forEach((kind) -> this.others.put(kind.id(), kind));
    }

    /**
     * The filters of a policy that look at artifacts.
     * @throws IllegalStateException if one is of a kind that this version does not have
     */
    public ArtifactFilter of(Policy policy) {
        return ArtifactFilter.of(policy, (filter) -> kind(filter).read(filter.value()), this.contents);
    }

    static boolean isBuiltIn(Filter filter) {
        return BUILT_IN_IDS.contains(filter.type());
    }

    private FilterKind kind(Filter filter) {
        FilterKind kind = this.others.get(filter.type());
        if (kind == null) {
            throw new IllegalStateException("this version has no filter \"%s\"".formatted(filter.type()));
        }
        return kind;
    }

    /**
     * Checks that a filter can be read.
     * @param field names it in the refusal
     * @throws Refusal.Invalid if it is of no kind, or its value cannot be read
     */
    public void check(String field, Filter filter) {
        try {
            switch (filter.type()) {
                case Filter.NAME, Filter.NAME + Filter.REGEX, Filter.TAG, Filter.TAG + Filter.REGEX ->
                    NamePattern.of(filter);
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
        if (!this.others.containsKey(filter.type())) {
            Set<String> known = new TreeSet<>(this.others.keySet());
            known.addAll(BUILT_IN_IDS);
            known.remove(Filter.RESOURCE);
            throw new Refusal.Invalid(field + ".type",
                    "a filter's type is %s or resource, not \"%s\"".formatted(String.join(", ", known), filter.type()));
        }
        FilterKind.Match match = kind(filter).read(filter.value());
        if (match instanceof FilterKind.RankMatch && filter.decoration() == Filter.Decoration.EXCLUDES) {
            throw new Refusal.Invalid(field + ".decoration", "a %s filter can only match".formatted(filter.type()));
        }
    }

}
