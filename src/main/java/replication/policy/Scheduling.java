package replication.policy;

import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonProperty;
import replication.InvalidField;
import replication.bandwidth.Bandwidth;

/**
 * How a policy shares the cluster with other policies and with its own executions.
 *
 * @param priority from -100 to 100; the higher, the earlier
 * @param overlap what a start does while an execution of the policy is open
 * @param maxTasks how many of its tasks run at once on all nodes together; 0 for no cap
 * @param bandwidth how fast its tasks move blobs, on all nodes together
 */
public record Scheduling(int priority, Overlap overlap, @JsonProperty("max_tasks") int maxTasks, Bandwidth bandwidth) {

    public static final int MOST_PRIORITY = 100;

    public static final int MOST_TASKS = 100_000;

    public static final Scheduling DEFAULT = new Scheduling(0, Overlap.SKIP, 0);

    public Scheduling(int priority, Overlap overlap, int maxTasks) {
        this(priority, overlap, maxTasks, Bandwidth.UNLIMITED);
    }

    public Scheduling {
        overlap = Objects.requireNonNullElse(overlap, Overlap.SKIP);
        bandwidth = Objects.requireNonNullElse(bandwidth, Bandwidth.UNLIMITED);
        if (Math.abs(priority) > MOST_PRIORITY) {
            throw new InvalidField("priority", "priority is from -100 to 100, but is " + priority);
        }
        if (maxTasks < 0 || maxTasks > MOST_TASKS) {
            throw new InvalidField("max_tasks", "max_tasks is from 0 to 100000, but is " + maxTasks);
        }
    }

}
