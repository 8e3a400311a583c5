package replication.execution;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The lines that tasks wrote about themselves. */
public interface TaskLogs {

    /** Appends lines in one statement. */
    void append(TaskKey key, List<Line> lines);

    /** All lines of a task in order, read lazily; the caller closes the stream. */
    Stream<Line> read(TaskKey key);

    /** One line, as it was written. */
    record Line(Instant time, String text) {
    }

}
