package transfer;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import replication.execution.copy.Placements;
import replication.execution.copy.Subject;

/** What a policy has put into a repository, by tag. */
public final class Put implements Placements {

    public final Map<String, String> tags = new ConcurrentHashMap<>();

    /** The other policies that have put the same there, by tag. */
    final Map<String, String> others = new ConcurrentHashMap<>();

    @Override
    public Optional<String> digest(Subject subject) {
        return Optional.ofNullable(this.tags.get(subject.reference()));
    }

    @Override
    public Optional<String> alsoBy(Subject subject) {
        return Optional.ofNullable(this.others.get(subject.reference()));
    }

    @Override
    public Stream<Subject> subjects() {
        return this.tags.keySet().stream().map(Subject.Tag::new);
    }

}
