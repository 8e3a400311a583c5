package replication.execution.task;

import java.util.List;

import org.jspecify.annotations.Nullable;
import replication.Page;
import replication.execution.copy.Outcome;
import replication.execution.copy.Placements;
import replication.execution.copy.Subject;

/**
 * The outcomes of single artifacts. An artifact is announced before it is touched, so
 * that a crash between the registry's answer and our row loses no count: an artifact that
 * was announced and that a later attempt finds equal was copied by this task. If the
 * database is away, both writes throw {@link replication.StoreAway}, and it is unknown
 * whether they took effect.
 */
public interface Outcomes {

    /**
     * Announces that these artifacts are about to be changed.
     * @throws LostClaim if the claim no longer holds; nothing is written
     */
    void announce(Claim claim, List<Subject> subjects);

    /**
     * Records outcomes and, for copies, where the policy has put them.
     * @throws LostClaim if the claim no longer holds; nothing is written
     */
    void record(ClaimedTask task, List<Outcome> outcomes);

    /**
     * The artifacts that the task's policy has put into its destination; read only when
     * needed.
     */
    Placements placed(ClaimedTask task);

    /** A task's outcomes by reference; unchanged artifacts have none. */
    Page<Outcome> list(OutcomeQuery query, int size);

    /**
     * A query for a task's outcomes.
     *
     * @param after the last reference seen; empty for the first page
     * @param result null for any
     */
    record OutcomeQuery(TaskKey task, String after, Outcome.@Nullable Result result) {
    }

}
