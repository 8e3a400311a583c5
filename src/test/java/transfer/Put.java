package transfer;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import replication.execution.Placed;

/** What a policy has put into a repository, by tag. */
final class Put implements Placed {

    final Map<String, String> tags = new ConcurrentHashMap<>();

    @Override
    public Optional<String> digest(String tag) {
        return Optional.ofNullable(this.tags.get(tag));
    }

    String alsoBy = "";

    @Override
    public Optional<String> alsoBy(String tag) {
        return Optional.of(this.alsoBy).filter((name) -> !name.isEmpty());
    }

    @Override
    public Stream<String> tags() {
        return this.tags.keySet().stream();
    }

}
