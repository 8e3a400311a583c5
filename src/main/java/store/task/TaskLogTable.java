package store.task;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

import replication.Page;
import replication.execution.task.Claim;
import replication.execution.task.TaskKey;
import replication.execution.task.TaskLogs;
import store.sql.Columns;
import store.sql.Database;

/** The table {@code task_log}. */
public final class TaskLogTable implements TaskLogs {

    private final Database database;

    public TaskLogTable(Database database) {
        this.database = database;
    }

    @Override
    public void append(Claim claim, List<Line> lines) {
        if (lines.isEmpty()) {
            return;
        }
        this.database.sql("""
                INSERT INTO task_log (execution_id, task_id, time, text)
                SELECT :execution, :task, l.time::timestamptz, l.text
                FROM unnest(:times::text[], :texts::text[]) WITH ORDINALITY AS l (time, text, place)
                WHERE EXISTS (
                    SELECT FROM task WHERE execution_id = :execution AND id = :task AND attempt = :attempt)
                ORDER BY l.place
                """)
            .param("execution", claim.key().executionId())
            .param("task", claim.key().taskId())
            .param("attempt", claim.attempt())
            .param("times", lines.stream().map((line) -> line.time().toString()).toArray(String[]::new))
            .param("texts", lines.stream().map((line) -> Columns.text(line.text())).toArray(String[]::new))
            .update();
    }

    @Override
    public Page<StoredLine> page(TaskKey key, Lines lines) {
        return Page.of(this.database.sql("""
                SELECT id, time, text FROM task_log
                WHERE execution_id = :execution AND task_id = :task AND id > :after
                ORDER BY id
                LIMIT :limit
                """)
            .param("execution", key.executionId())
            .param("task", key.taskId())
            .param("after", lines.after())
            .param("limit", lines.size() + 1)
            .query(TaskLogTable::read)
            .list(), lines.size());
    }

    private static StoredLine read(ResultSet row, int number) throws SQLException {
        return new StoredLine(row.getLong("id"), new Line(Columns.time(row, "time"), row.getString("text")));
    }

}
