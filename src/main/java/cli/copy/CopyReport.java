package cli.copy;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import replication.execution.copy.Outcome;
import transfer.pace.ByteSize;

/** The outcomes of a copy. Safe for many threads. */
final class CopyReport {

    private final Place source;

    private final Place destination;

    private final long began = System.nanoTime();

    private final List<Outcome> outcomes = new ArrayList<>();

    private final Map<Outcome.Result, Long> counts = new EnumMap<>(Outcome.Result.class);

    CopyReport(Place source, Place destination) {
        this.source = source;
        this.destination = destination;
    }

    synchronized void add(Outcome outcome) {
        this.outcomes.add(outcome);
        this.counts.merge(outcome.result(), 1L, Long::sum);
    }

    /** Counts tags that were equal before. */
    synchronized void unchanged(long tags) {
        this.counts.merge(Outcome.Result.UNCHANGED, tags, Long::sum);
    }

    synchronized boolean none() {
        return this.counts.values().stream().allMatch((count) -> count == 0);
    }

    /** Whether everything that was asked for is at the destination. */
    synchronized boolean whole() {
        return this.outcomes.stream().allMatch((outcome) -> wrong(outcome).isEmpty());
    }

    /** Why an image is not at the destination, in one line; empty if it is. */
    Optional<String> wrong(Outcome outcome) {
        return switch (outcome.result()) {
            case COPIED, UNCHANGED, DELETED, WOULD_COPY, WOULD_DELETE -> Optional.empty();
            case KEPT, SKIPPED, FAILED ->
                Optional.of("%s %s: %s".formatted(outcome.result().id(), title(outcome), outcome.why()));
        };
    }

    String line(Outcome outcome) {
        return "%s %s %s%s".formatted(outcome.result().id(), title(outcome), outcome.digest(),
                (outcome.bytes() > 0) ? " (" + ByteSize.text(outcome.bytes()) + ")" : "");
    }

    private Place title(Outcome outcome) {
        return this.destination.at(this.destination.repository(), outcome.reference());
    }

    synchronized String summary() {
        return String.format(Locale.ROOT, "%d copied, %d unchanged, %d not; %s sent in %.1f s",
                count(Outcome.Result.COPIED), count(Outcome.Result.UNCHANGED), missing(), ByteSize.text(bytes()),
                seconds());
    }

    synchronized String json() {
        ObjectNode json = JsonMapper.builder().build().createObjectNode();
        json.put("source", this.source.toString()).put("destination", this.destination.toString());
        json.put("copied", count(Outcome.Result.COPIED));
        json.put("unchanged", count(Outcome.Result.UNCHANGED));
        json.put("failed", missing());
        json.put("bytes", bytes());
        json.put("seconds", seconds());
        ArrayNode artifacts = json.putArray("artifacts");
        for (Outcome outcome : this.outcomes) {
            ObjectNode artifact = artifacts.addObject().put("reference", outcome.reference());
            artifact.put("result", outcome.result().id()).put("digest", outcome.digest());
            artifact.put("bytes", outcome.bytes()).put("reason", outcome.reason()).put("hint", outcome.hint());
        }
        return json.toString();
    }

    private long missing() {
        return this.outcomes.stream().filter((outcome) -> wrong(outcome).isPresent()).count();
    }

    private long count(Outcome.Result result) {
        return this.counts.getOrDefault(result, 0L);
    }

    private long bytes() {
        return this.outcomes.stream().mapToLong(Outcome::bytes).sum();
    }

    private double seconds() {
        return Math.round((System.nanoTime() - this.began) / 1e8) / 10.0;
    }

}
