package replication.execution.task;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Chooses the tasks that enter the queue next: by priority, and among equals from the
 * policy with the fewest tasks in work, whatever the length of its backlog. A cap of a
 * policy or a registry holds over the whole cluster, and a destination repository has one
 * writer at a time.
 */
public final class DispatchPlan {

    /** How many more tasks the queue takes. */
    private int room;

    private final Map<Long, Integer> perPolicy = new HashMap<>();

    private final Map<Long, Integer> perRegistry = new HashMap<>();

    private final Set<Place> writing = new HashSet<>();

    /**
     * Begins with the tasks in work.
     * @param limit how many tasks may be queued or running at once
     */
    public DispatchPlan(int limit, List<Work> inWork) {
        this.room = limit - inWork.size();
        inWork.forEach(this::take);
    }

    private void take(Work work) {
        this.perPolicy.merge(work.share().policyId(), 1, Integer::sum);
        work.share().registries().keySet().forEach((id) -> this.perRegistry.merge(id, 1, Integer::sum));
        this.writing.add(work.place());
    }

    /** How many more tasks the queue takes; 0 if it is full. */
    public int room() {
        return Math.max(0, this.room);
    }

    /** Whether a task with this share could enter the queue now. */
    public boolean open(Share share) {
        return room() > 0 && below(share.policyCap(), inWork(share)) && share.registries()
            .entrySet()
            .stream()
            .allMatch((registry) -> below(registry.getValue(), this.perRegistry.getOrDefault(registry.getKey(), 0)));
    }

    private static boolean below(int cap, int taken) {
        return cap == 0 || taken < cap;
    }

    /** The repositories of a registry that have a writer. */
    public Set<String> writing(String registry) {
        return this.writing.stream()
            .filter((place) -> place.registry().equals(registry))
            .map(Place::repository)
            .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Chooses from the waiting tasks; those of one execution keep their order.
     * @param backlogs the executions with waiting tasks
     * @param heads the first tasks of an execution's backlog, in its order; read only for
     * executions that are reached
     */
    public List<Candidate> choose(List<Backlog> backlogs, Function<Backlog, List<Candidate>> heads) {
        PriorityQueue<Line> lines = new PriorityQueue<>(Line.BY_TURN);
        backlogs.stream().filter((backlog) -> open(backlog.share())).map(this::line).forEach(lines::add);
        List<Candidate> chosen = new ArrayList<>();
        for (Line line = lines.poll(); line != null && room() > 0; line = lines.poll()) {
            int inWork = inWork(line.backlog.share());
            if (inWork > line.inWork) {
                // Another execution of the same policy has been served meanwhile.
                line.inWork = inWork;
                lines.add(line);
            }
            else if (open(line.backlog.share()) && line.hasNext(heads)) {
                Candidate next = line.next();
                if (!this.writing.contains(next.place())) {
                    chosen.add(next);
                    take(new Work(line.backlog.share(), next.place()));
                    this.room--;
                }
                lines.add(line);
            }
        }
        return chosen;
    }

    private Line line(Backlog backlog) {
        return new Line(backlog, inWork(backlog.share()));
    }

    private int inWork(Share share) {
        return this.perPolicy.getOrDefault(share.policyId(), 0);
    }

    /**
     * The policy and registries whose shares a task uses.
     *
     * @param policyCap 0 for none
     * @param registries the source's and the destination's caps by id; 0 for none
     */
    public record Share(long policyId, int policyCap, Map<Long, Integer> registries) {

        public Share {
            registries = Map.copyOf(registries);
        }

    }

    /**
     * A repository at a destination.
     *
     * @param registry its address, the same text for the same place
     */
    public record Place(String registry, String repository) {
    }

    /** The share and the place that a task in work uses. */
    public record Work(Share share, Place place) {
    }

    /**
     * An execution with waiting tasks.
     *
     * @param priority a higher one comes earlier
     * @param destination the address of the registry that they are written to
     */
    public record Backlog(long executionId, int priority, Share share, String destination) {
    }

    /** A waiting task. */
    public record Candidate(TaskKey key, int priority, Place place) {
    }

    private static final class Line {

        static final Comparator<Line> BY_TURN = Comparator.comparingInt((Line line) -> -line.backlog.priority())
            .thenComparingInt((line) -> line.inWork)
            .thenComparingLong((line) -> line.backlog.executionId());

        private final Backlog backlog;

        private int inWork;

        private @Nullable Iterator<Candidate> head;

        private Line(Backlog backlog, int inWork) {
            this.backlog = backlog;
            this.inWork = inWork;
        }

        private boolean hasNext(Function<Backlog, List<Candidate>> heads) {
            if (this.head == null) {
                this.head = heads.apply(this.backlog).iterator();
            }
            return this.head.hasNext();
        }

        private Candidate next() {
            return Objects.requireNonNull(this.head).next();
        }

    }

}
