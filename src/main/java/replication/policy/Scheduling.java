package replication.policy;

import replication.bandwidth.Bandwidth;

/**
 * How a policy shares the cluster with others and with itself.
 *
 * @param priority from -100 to 100; the higher, the earlier
 * @param overlap what a start does while an execution of the policy goes on
 * @param maxTasks how many of its tasks are in work at once, on all nodes together; 0 for
 * no cap
 * @param bandwidth what its tasks move, on all nodes together
 */
public record Scheduling(int priority, Overlap overlap, int maxTasks, Bandwidth bandwidth) {

    public static final int MOST_PRIORITY = 100;

    public static final int MOST_TASKS = 100_000;

    public static final Scheduling DEFAULT = new Scheduling(0, Overlap.SKIP, 0);

    /** Without a limit of bandwidth. */
    public Scheduling(int priority, Overlap overlap, int maxTasks) {
        this(priority, overlap, maxTasks, Bandwidth.UNLIMITED);
    }

    public Scheduling {
        if (Math.abs(priority) > MOST_PRIORITY) {
            throw new IllegalArgumentException("a priority is from -100 to 100, but this is " + priority);
        }
        if (maxTasks < 0 || maxTasks > MOST_TASKS) {
            throw new IllegalArgumentException("max_tasks is from 0 to 100000, but this is " + maxTasks);
        }
    }

}
