package store.task;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import replication.execution.copy.Outcome;
import replication.execution.task.Claim;
import store.sql.Database;

/**
 * Settles artifacts that were announced because it was unknown whether they differ, and
 * then found equal. If an earlier attempt had announced or copied one, this task has
 * copied it: the artifact counts as copied by this attempt and not as found equal. The
 * rows of the others are deleted.
 */
final class FoundEqual {

    private final Database database;

    FoundEqual(Database database) {
        this.database = database;
    }

    /** Settles the artifacts and returns those that this task has copied. */
    List<Outcome> settle(Claim claim, List<Outcome> equal) {
        if (equal.isEmpty()) {
            return List.of();
        }
        String[] references = equal.stream().map(Outcome::reference).toArray(String[]::new);
        Set<String> copied = new HashSet<>(this.database.sql("""
                UPDATE artifact_outcome
                SET result = 'copied', earlier = false, attempt = :attempt, time = now()
                WHERE execution_id = :execution AND task_id = :task AND reference = ANY (:references)
                AND (earlier OR (attempt < :attempt AND result IN ('open', 'copied')))
                RETURNING reference
                """)
            .param("execution", claim.key().executionId())
            .param("task", claim.key().taskId())
            .param("attempt", claim.attempt())
            .param("references", references)
            .query(String.class)
            .list());
        this.database.sql("""
                DELETE FROM artifact_outcome
                WHERE execution_id = :execution AND task_id = :task AND reference = ANY (:references)
                AND result = 'open'
                """)
            .param("execution", claim.key().executionId())
            .param("task", claim.key().taskId())
            .param("references", references)
            .update();
        this.database.sql("""
                UPDATE task SET unchanged = unchanged + :number WHERE execution_id = :execution AND id = :task
                """)
            .param("execution", claim.key().executionId())
            .param("task", claim.key().taskId())
            .param("number", equal.size() - copied.size())
            .update();
        return equal.stream().filter((outcome) -> copied.contains(outcome.reference())).toList();
    }

}
