package store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

import replication.execution.copy.Outcome;
import replication.execution.copy.Subject;
import replication.execution.state.TaskState;
import replication.execution.task.Claim;
import replication.execution.task.ClaimedTask;
import replication.execution.task.LostClaim;
import replication.execution.task.TaskKey;
import store.task.TaskTable;

/** A node that does one step of its tasks at a time, or dies, or only seems to. */
final class ModelNode {

    private final ModelCluster cluster;

    private final String name;

    private final TaskTable tasks;

    private final Deque<Attempt> attempts = new ArrayDeque<>();

    ModelNode(ModelCluster cluster, String name) {
        this.cluster = cluster;
        this.name = name;
        this.tasks = new TaskTable(cluster.fixture.database, name, () -> Fixture.LIMIT, Fixture.RETRIES);
    }

    void dispatch() {
        this.tasks.dispatch();
    }

    /** As db-scheduler does: the job is picked, its handler claims the task. */
    void take() {
        Optional<String> job = this.cluster.jdbc().sql("""
                UPDATE scheduled_tasks SET picked = true, picked_by = :node
                WHERE (task_name, task_instance) IN (
                    SELECT task_name, task_instance FROM scheduled_tasks
                    WHERE task_name = 'transfer' AND NOT picked ORDER BY task_instance LIMIT 1)
                RETURNING task_instance
                """).param("node", this.name).query(String.class).optional();
        job.ifPresent((instance) -> this.tasks.claim(TaskKey.parse(instance))
            .ifPresentOrElse((task) -> this.attempts.add(new Attempt(task)), () -> done(instance)));
    }

    private void done(String instance) {
        this.cluster.jdbc()
            .sql("DELETE FROM scheduled_tasks WHERE task_name = 'transfer' AND task_instance = :job AND picked_by = :node")
            .param("job", instance)
            .param("node", this.name)
            .update();
    }

    void announce() {
        step((attempt) -> attempt.next().ifPresent((artifact) -> {
            this.cluster.fixture.outcomes.announce(attempt.task.claim(), List.of(new Subject.Tag(artifact)));
            attempt.announced.add(artifact);
        }));
    }

    /** The registry takes it, whoever sends it. */
    void put() {
        step((attempt) -> {
            attempt.put.addAll(attempt.announced);
            attempt.there().addAll(attempt.announced);
        });
    }

    void record() {
        step((attempt) -> {
            List<Outcome> outcomes = attempt.put.stream()
                .filter((artifact) -> !attempt.recorded.contains(artifact))
                .map((artifact) -> Outcome.copied(new Subject.Tag(artifact), "sha256:" + artifact, 10))
                .toList();
            if (!outcomes.isEmpty()) {
                this.cluster.fixture.outcomes.record(attempt.task, outcomes);
                outcomes.forEach((outcome) -> attempt.recorded.add(outcome.reference()));
            }
        });
    }

    void finish() {
        step((attempt) -> {
            if (attempt.complete()) {
                end(attempt, TaskState.SUCCEEDED);
            }
        });
    }

    void failForNow() {
        step((attempt) -> end(attempt, TaskState.RETRYING));
    }

    /** Asks which tasks are to stop, and stops them. */
    void look() {
        List<Claim> claims = this.attempts.stream().map((attempt) -> attempt.task.claim()).toList();
        List<Claim> toStop = this.tasks.toStop(claims);
        List.copyOf(this.attempts)
            .stream()
            .filter((attempt) -> toStop.contains(attempt.task.claim()))
            .forEach((attempt) -> guarded(attempt, () -> end(attempt, TaskState.STOPPED)));
    }

    private void end(Attempt attempt, TaskState end) {
        this.tasks.finish(attempt.task.claim(), end, end.id(), attempt.equal.size());
        this.attempts.remove(attempt);
        done(attempt.task.claim().key().toString());
    }

    /** Nothing of it goes on; its jobs are handed out again. */
    void die() {
        stall();
        this.attempts.clear();
    }

    /** It is not heard of, so its jobs are handed out again; but it goes on. */
    void stall() {
        this.cluster.jdbc()
            .sql("UPDATE scheduled_tasks SET picked = false, picked_by = NULL WHERE picked_by = :node")
            .param("node", this.name)
            .update();
    }

    /** All that there is to do, without a hitch. */
    void workOff() {
        for (int jobs = 0; jobs < 2 * Fixture.LIMIT; jobs++) {
            take();
        }
        look();
        for (Attempt attempt : List.copyOf(this.attempts)) {
            for (int i = 0; i < ModelCluster.ARTIFACTS.size(); i++) {
                announce();
                put();
                record();
            }
            finish();
            if (this.attempts.remove(attempt)) {
                this.attempts.addLast(attempt);
            }
        }
    }

    private void step(Consumer<Attempt> work) {
        Attempt attempt = this.attempts.peekFirst();
        if (attempt != null) {
            guarded(attempt, () -> work.accept(attempt));
        }
    }

    private void guarded(Attempt attempt, Runnable work) {
        try {
            work.run();
        }
        catch (LostClaim _) {
            this.attempts.remove(attempt);
        }
    }

    /** A task in work. What is there when it begins it finds equal. */
    private final class Attempt {

        private final ClaimedTask task;

        private final List<String> equal;

        private final Set<String> announced = new TreeSet<>();

        private final Set<String> put = new TreeSet<>();

        private final Set<String> recorded = new TreeSet<>();

        private Attempt(ClaimedTask task) {
            this.task = task;
            this.equal = new ArrayList<>(there());
        }

        private Set<String> there() {
            return ModelNode.this.cluster.destination.computeIfAbsent(this.task.claim().key(), (_) -> new TreeSet<>());
        }

        private Optional<String> next() {
            return ModelCluster.ARTIFACTS.stream()
                .filter((artifact) -> !this.equal.contains(artifact) && !this.announced.contains(artifact))
                .findFirst();
        }

        private boolean complete() {
            return this.equal.size() + this.recorded.size() == ModelCluster.ARTIFACTS.size();
        }

    }

}
