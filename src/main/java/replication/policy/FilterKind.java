package replication.policy;

import java.util.Comparator;
import java.util.function.Predicate;

import oci.Artifact;
import oci.model.RawManifest;

/** A kind of filter over single artifacts. Every bean of this type is one. */
public interface FilterKind {

    /** Its name in the API, such as {@code tag}. */
    String id();

    /**
     * Reads a filter's value.
     * @throws IllegalArgumentException if it is none of this kind, saying what is wrong
     */
    Match read(String value);

    /**
     * What a filter looks for in an artifact, by its cost: a name is always known, a
     * listing is read once for all tags, and content costs one request for each artifact
     * that differs, besides those of its copy.
     */
    sealed interface Match {

    }

    /** Looks at the tag. */
    record NameMatch(Predicate<String> tag) implements Match {
    }

    /**
     * Looks at what the source's listing tells. It also decides where the listing tells
     * nothing.
     */
    record ListingMatch(Predicate<Artifact> listed) implements Match {
    }

    /**
     * Keeps the first artifacts of those that the filters before it have left. Reads the
     * listing.
     *
     * @param most how many it keeps
     * @param ranked which artifacts have a place in the order; the others are left out
     */
    record RankMatch(int most, Predicate<Artifact> ranked, Comparator<Artifact> order) implements Match {
    }

    /** Looks at the manifest. */
    record ContentMatch(Predicate<RawManifest> content) implements Match {
    }

}
