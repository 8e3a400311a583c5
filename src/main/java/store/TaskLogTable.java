package store;

import java.util.List;
import java.util.stream.Stream;

import org.springframework.jdbc.core.simple.JdbcClient;
import replication.execution.TaskKey;
import replication.execution.TaskLogs;

/** The table {@code task_log}. */
public final class TaskLogTable implements TaskLogs {

    /** Lines read at once; a log of any length takes the memory of that many. */
    private static final int PAGE = 1000;

    private final JdbcClient jdbc;

    public TaskLogTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void append(TaskKey key, List<Line> lines) {
        this.jdbc.sql("""
                INSERT INTO task_log (execution_id, task_id, time, text)
                SELECT :executionId, :taskId, l.time::timestamptz, l.text
                FROM unnest(:times::text[], :texts::text[]) WITH ORDINALITY AS l(time, text, place)
                ORDER BY l.place
                """)
            .param("executionId", key.executionId())
            .param("taskId", key.taskId())
            .param("times", lines.stream().map((line) -> line.time().toString()).toArray(String[]::new))
            .param("texts", lines.stream().map((line) -> line.text().replace('\0', ' ')).toArray(String[]::new))
            .update();
    }

    @Override
    public Stream<Line> read(TaskKey key) {
        return Stream.iterate(page(key, 0), (page) -> !page.isEmpty(), (page) -> page(key, page.getLast().id))
            .flatMap(List::stream)
            .map(Row::line);
    }

    private List<Row> page(TaskKey key, long after) {
        return this.jdbc.sql("""
                SELECT id, time, text FROM task_log
                WHERE execution_id = :executionId AND task_id = :taskId AND id > :after
                ORDER BY id LIMIT :rows
                """)
            .param("executionId", key.executionId())
            .param("taskId", key.taskId())
            .param("after", after)
            .param("rows", PAGE)
            .query((row, _) -> new Row(row.getLong("id"),
                    new Line(row.getTimestamp("time").toInstant(), row.getString("text"))))
            .list();
    }

    private record Row(long id, Line line) {
    }

}
