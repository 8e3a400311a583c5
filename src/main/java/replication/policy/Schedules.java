package replication.policy;

/** The times at which the clock starts policies. */
public interface Schedules {

    /**
     * Starts an execution of each policy that is due, once in the whole cluster; the
     * policy decides about missed times and overlap. Returns how many were started.
     */
    int fireDue();

}
