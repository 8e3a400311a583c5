package replication.policy;

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
     * What a filter looks for in an artifact, by what that costs: a name is always known,
     * a listing is read once for all, and content is a request for each artifact.
     */
    sealed interface Match {

    }

    /** A look at the tag. */
    record NameMatch(Predicate<String> tag) implements Match {
    }

    /**
     * A look at what the source's listing tells. It decides as well where the listing
     * tells nothing.
     */
    record ListingMatch(Predicate<Artifact> listed) implements Match {
    }

    /** A look at the manifest. */
    record ContentMatch(Predicate<RawManifest> content) implements Match {
    }

}
