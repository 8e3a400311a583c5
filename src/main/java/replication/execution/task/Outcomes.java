package replication.execution.task;

import java.util.List;

import org.jspecify.annotations.Nullable;
import replication.Page;
import replication.execution.copy.Outcome;
import replication.execution.copy.Placements;
import replication.execution.copy.Subject;

/**
 * What was done to single artifacts. An artifact is announced before it is touched, so
 * that a crash between the registry's answer and our row loses no count: what a later
 * attempt finds equal and announced was copied by this task. Where the database is away
 * both throw {@link replication.StoreAway}, and whether they have written is not known.
 */
public interface Outcomes {

    /**
     * Announces that these are about to be changed.
     * @throws LostClaim where the claim no longer holds; nothing is written
     */
    void announce(Claim claim, List<Subject> subjects);

    /**
     * Records outcomes and, for copies, what the policy put where.
     * @throws LostClaim where the claim no longer holds; nothing is written
     */
    void record(ClaimedTask task, List<Outcome> outcomes);

    /** What the task's policy has put into its destination, asked when it is needed. */
    Placements placed(ClaimedTask task);

    /** A task's outcomes by reference; unchanged artifacts have none. */
    Page<Outcome> list(OutcomeQuery query, int size);

    /**
     * Which outcomes of a task are asked for.
     *
     * @param after the last reference seen; empty for the first page
     * @param result null for any
     */
    record OutcomeQuery(TaskKey task, String after, Outcome.@Nullable Result result) {
    }

}
