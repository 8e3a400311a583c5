package transfer;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import oci.ContentTarget;
import org.jspecify.annotations.Nullable;

/**
 * The destination's tags as they were at the start: listed once, when first asked for,
 * and held as names, with digests where the listing tells them.
 */
final class DestinationTags {

    private final ContentTarget target;

    private @Nullable Map<String, String> digests;

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
        return !this.listed || digests().containsKey(tag);
    }

    /** What a tag points at; empty where that is to be asked. */
    String digest(String tag) {
        return this.listed ? digests().getOrDefault(tag, "") : "";
    }

    /** Whether there were none; then nothing that is sent can be there already. */
    boolean none() {
        return this.listed && digests().isEmpty();
    }

    private synchronized Map<String, String> digests() {
        Map<String, String> known = this.digests;
        if (known == null) {
            try (Stream<ListedTag> tags = ListedTag.all(this.target.digests(), this.target::tags)) {
                // A tag may be on two pages, where it moved meanwhile.
                known = tags.collect(Collectors.toMap(ListedTag::name, ListedTag::digest, (_, later) -> later));
            }
            this.digests = known;
        }
        return known;
    }

}
