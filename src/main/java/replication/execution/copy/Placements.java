package replication.execution.copy;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a policy has put into one repository: the only things that it may delete there.
 */
public interface Placements {

    Placements NOTHING = new Placements() {

        @Override
        public Optional<String> digest(Subject subject) {
            return Optional.empty();
        }

        @Override
        public Stream<Subject> subjects() {
            return Stream.empty();
        }

        @Override
        public Optional<String> alsoBy(Subject subject) {
            return Optional.empty();
        }
    };

    /**
     * The digest that it last put there; an empty text where it is not known any more.
     */
    Optional<String> digest(Subject subject);

    /** All that it has put there and not deleted. */
    Stream<Subject> subjects();

    /** The tags among them. */
    default Stream<String> tags() {
        return subjects().filter(Subject.Tag.class::isInstance).map(Subject::reference);
    }

    /**
     * The name of another policy that has put the same there, and would not delete it for
     * the same reason: from another repository of a source, or without carrying over
     * deletions.
     */
    Optional<String> alsoBy(Subject subject);

}
