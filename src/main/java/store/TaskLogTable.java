package store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

import replication.execution.TaskKey;
import replication.execution.TaskLogs;

/** The table {@code task_log}. */
public final class TaskLogTable implements TaskLogs {

    private static final int PAGE = 1_000;

    private final Database database;

    public TaskLogTable(Database database) {
        this.database = database;
    }

    @Override
    public void append(TaskKey key, List<Line> lines) {
        if (lines.isEmpty()) {
            return;
        }
        this.database.sql("""
                INSERT INTO task_log (execution_id, task_id, time, text)
                SELECT :execution, :task, l.time::timestamptz, l.text
                FROM unnest(:times::text[], :texts::text[]) WITH ORDINALITY AS l (time, text, place)
                ORDER BY l.place
                """)
            .param("execution", key.executionId())
            .param("task", key.taskId())
            .param("times", lines.stream().map((line) -> line.time().toString()).toArray(String[]::new))
            .param("texts", lines.stream().map((line) -> Columns.text(line.text())).toArray(String[]::new))
            .update();
    }

    // Page by page, so that a slow reader keeps neither a connection nor a transaction.
    @Override
    public Stream<Line> read(TaskKey key) {
        return Stream
            .iterate(page(key, 0), (page) -> !page.isEmpty(),
                    (page) -> (page.size() == PAGE) ? page(key, page.getLast().id()) : List.of())
            .flatMap(List::stream)
            .map(Row::line);
    }

    private List<Row> page(TaskKey key, long after) {
        return this.database.sql("""
                SELECT id, time, text FROM task_log
                WHERE execution_id = :execution AND task_id = :task AND id > :after
                ORDER BY id
                LIMIT :limit
                """)
            .param("execution", key.executionId())
            .param("task", key.taskId())
            .param("after", after)
            .param("limit", PAGE)
            .query(TaskLogTable::read)
            .list();
    }

    private static Row read(ResultSet row, int number) throws SQLException {
        return new Row(row.getLong("id"), new Line(Columns.time(row, "time"), row.getString("text")));
    }

    private record Row(long id, Line line) {
    }

}
