package replication.policy;

/** The times at which policies come by themselves. */
public interface Schedules {

    /**
     * Starts an execution of each policy that is due, once in the whole cluster; missed
     * times and overlap are decided as the policy says. Returns how many were started.
     */
    int fireDue();

}
