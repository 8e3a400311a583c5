package replication.execution.flow;

import java.time.Clock;
import java.util.Optional;

import oci.model.Reason;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import oci.model.Waits;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import replication.Defect;
import replication.Refusal;
import replication.StoreAway;
import replication.execution.copy.RepositoryCopy;
import replication.execution.copy.ResourceHandler;
import replication.execution.copy.ResourceHandlers;
import replication.execution.copy.TransferOrder;
import replication.execution.state.TaskState;
import replication.execution.task.Claim;
import replication.execution.task.ClaimedTask;
import replication.execution.task.LostClaim;
import replication.execution.task.Outcomes;
import replication.execution.task.TaskEnd;
import replication.execution.task.TaskKey;
import replication.execution.task.TaskLogs;
import replication.execution.task.Tasks;
import replication.policy.FilterKinds;
import replication.registry.Registries;
import replication.registry.Registry;

/** Takes tasks to work on, and ends them. */
public final class Transfers {

    private static final Logger LOG = LoggerFactory.getLogger(Transfers.class);

    private final Tasks tasks;

    private final Outcomes outcomes;

    private final TaskLogs logs;

    private final Registries registries;

    private final ResourceHandlers handlers;

    private final FilterKinds filters;

    private final RunningTasks running;

    private final ProgressReport progress;

    private final Clock clock;

    private final int window;

    /**
     * Works with these.
     * @param window how many artifacts of one task are copied at once, at least 1
     */
    public Transfers(Tasks tasks, Outcomes outcomes, TaskLogs logs, Registries registries, ResourceHandlers handlers,
            FilterKinds filters, RunningTasks running, ProgressReport progress, Clock clock, int window) {
        this.progress = progress;
        this.tasks = tasks;
        this.outcomes = outcomes;
        this.logs = logs;
        this.registries = registries;
        this.handlers = handlers;
        this.filters = filters;
        this.running = running;
        this.clock = clock;
        this.window = window;
    }

    /** Claims a task; null where there is nothing to do any more. */
    public @Nullable TransferRun claim(TaskKey key) {
        return this.tasks.claim(key).flatMap(this::begun).orElse(null);
    }

    private Optional<TransferRun> begun(ClaimedTask task) {
        try {
            return open(task);
        }
        catch (StoreAway | LostClaim ex) {
            throw ex;
        }
        catch (RuntimeException | Error ex) {
            RuntimeException cause = Defect.of(ex);
            LOG.warn("task {} cannot begin: {}", task.claim().key(), Reason.of(cause));
            this.tasks.finish(task.claim(),
                    new TaskEnd(forGood(cause) ? TaskState.FAILED : TaskState.RETRYING, Reason.of(cause), 0));
            return Optional.empty();
        }
    }

    /**
     * Whether trying again is of no use: the registry was edited into one that its
     * adapter cannot serve, it refuses the name, or its secret cannot be opened. Any
     * other failure, such as a deadlock in the database, may pass.
     */
    private static boolean forGood(RuntimeException ex) {
        return ex instanceof Refusal || ex instanceof RegistryFailure || ex instanceof Defect
                || ex instanceof IllegalStateException;
    }

    private Optional<TransferRun> open(ClaimedTask task) {
        Optional<Registry> source = registry(task.policy().source().registryId());
        Optional<Registry> destination = registry(task.destRegistryId());
        if (source.isEmpty() || destination.isEmpty()) {
            this.tasks.finish(task.claim(), TaskState.FAILED, "a registry of its policy has been deleted", 0);
            return Optional.empty();
        }
        ResourceHandler handler = this.handlers.of(task.resource());
        StopSignal stop = this.running.enter(task.claim());
        TaskJournal journal = new TaskJournal(task, this.outcomes, this.logs, this.clock);
        stop.tellWaits(new Waits(journal::line));
        try {
            RepositoryCopy copy = handler.open(new TransferOrder(task.claim().key().executionId(), source.get(),
                    task.source(), destination.get(), task.destination(), task.policy(), this.filters.of(task.policy()),
                    null, task.mode(), task.tags(), task.deleted(), this.outcomes.placed(task), stop, journal::line));
            TransferRun run = new TransferRun(copy, journal, stop, this.window);
            this.progress.enter(run);
            return Optional.of(run);
        }
        catch (RuntimeException | Error ex) {
            this.running.leave(task.claim());
            throw ex;
        }
    }

    private Optional<Registry> registry(long id) {
        return this.registries.find(id).map(Registries.RegistryRecord::registry);
    }

    /** Makes one copy of a task; never throws. */
    public TransferRun.Copied copy(TransferRun.Step step) {
        return step.copy();
    }

    /** Records the end of a task whose copies have all ended. */
    public TaskKey record(TransferRun run) {
        Claim claim = run.claim();
        this.progress.leave(run);
        try {
            this.tasks.finish(claim, run.end());
        }
        catch (LostClaim lost) {
            LOG.info("{}; what it wrote stands, nothing more is written here", lost.getMessage());
        }
        finally {
            this.running.leave(claim);
        }
        return claim.key();
    }

}
