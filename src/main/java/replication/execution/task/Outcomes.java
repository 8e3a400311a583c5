package replication.execution.task;

import java.util.List;

import replication.Page;
import replication.execution.copy.Outcome;
import replication.execution.copy.Placements;

/**
 * What was done to single artifacts. An artifact is announced before it is touched, so
 * that a crash between the registry's answer and our row loses no count: what a later
 * attempt finds equal and announced was copied by this task. Where the database is away
 * both throw {@link replication.StoreAway}, and whether they have written is not known.
 */
public interface Outcomes {

    /**
     * Announces that these references are about to be changed.
     * @throws LostClaim where the claim no longer holds; nothing is written
     */
    void announce(Claim claim, List<String> references);

    /**
     * Records outcomes and, for copies, what the policy put where.
     * @throws LostClaim where the claim no longer holds; nothing is written
     */
    void record(ClaimedTask task, List<Outcome> outcomes);

    /** What the task's policy has put into its destination, asked when it is needed. */
    Placements placed(ClaimedTask task);

    /** A task's outcomes by reference; unchanged artifacts have none. */
    Page<Outcome> list(TaskKey key, String afterReference, int size);

}
