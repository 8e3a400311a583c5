package replication.execution.task;

import java.time.Instant;
import java.util.List;

import replication.Page;
import replication.Refusal;

/** The log lines of tasks. */
public interface TaskLogs {

    /** Appends lines in one statement; appends none if another attempt has begun. */
    void append(Claim claim, List<Line> lines);

    /** A page of a task's lines, in the order in which they were written. */
    Page<StoredLine> page(TaskKey key, Lines lines);

    /** One line and the time when it was written. */
    record Line(Instant time, String text) {
    }

    /** A line with the key after which the next page begins. */
    record StoredLine(long id, Line line) {
    }

    /**
     * A query for lines.
     *
     * @param after the last key seen; 0 for the first page
     * @param size how many, 1 to {@value #MAX_SIZE}
     */
    record Lines(long after, int size) {

        public static final int MAX_SIZE = 1_000;

        public Lines {
            if (after < 0) {
                throw new Refusal.Invalid("after", "after must not be negative, but is " + after);
            }
            if (size < 1 || size > MAX_SIZE) {
                throw new Refusal.Invalid("page_size", "page_size must be 1 to " + MAX_SIZE + ", but is " + size);
            }
        }

    }

}
