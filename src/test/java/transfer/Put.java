package transfer;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import replication.execution.copy.Placements;

/** What a policy has put into a repository, by tag. */
public final class Put implements Placements {

    public final Map<String, String> tags = new ConcurrentHashMap<>();

    /** The other policies that have put the same there, by tag. */
    final Map<String, String> others = new ConcurrentHashMap<>();

    @Override
    public Optional<String> digest(String tag) {
        return Optional.ofNullable(this.tags.get(tag));
    }

    @Override
    public Optional<String> alsoBy(String tag) {
        return Optional.ofNullable(this.others.get(tag));
    }

    @Override
    public Stream<String> tags() {
        return this.tags.keySet().stream();
    }

}
