package transfer;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import oci.ContentTarget;
import org.jspecify.annotations.Nullable;

/**
 * The destination's tags as they were at the start: listed once, when first asked for,
 * and held as names alone.
 */
final class DestinationTags {

    private final ContentTarget target;

    private @Nullable Set<String> names;

    private final boolean listed;

    /**
     * Of one repository.
     * @param listed whether listing is worth it; otherwise every tag may be there, and
     * each is asked for
     */
    DestinationTags(ContentTarget target, boolean listed) {
        this.target = target;
        this.listed = listed;
    }

    boolean contains(String tag) {
        return !this.listed || names().contains(tag);
    }

    /** Whether there were none; then nothing that is sent can be there already. */
    boolean none() {
        return this.listed && names().isEmpty();
    }

    private synchronized Set<String> names() {
        Set<String> known = this.names;
        if (known == null) {
            try (Stream<String> tags = this.target.tags()) {
                known = tags.collect(Collectors.toUnmodifiableSet());
            }
            this.names = known;
        }
        return known;
    }

}
