package replication.execution.copy;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a policy has put into one repository: the only things that it may delete there.
 */
public interface Placements {

    Placements NOTHING = new Placements() {

        @Override
        public Optional<String> digest(String tag) {
            return Optional.empty();
        }

        @Override
        public Stream<String> tags() {
            return Stream.empty();
        }

        @Override
        public Optional<String> alsoBy(String tag) {
            return Optional.empty();
        }
    };

    /** What it last put under a tag; an empty text where that is not known any more. */
    Optional<String> digest(String tag);

    /** All tags that it has put there and not deleted. */
    Stream<String> tags();

    /**
     * The name of another policy that has put the same under a tag, and would not delete
     * it for the same reason: from another repository of a source, or without carrying
     * over deletions.
     */
    Optional<String> alsoBy(String tag);

}
