package metrics;

/** What JMX shows of a policy. */
public interface PolicyMXBean extends LoadMXBean {

    /** The registry that it reads from. */
    String getSource();

    /** The registry that it writes to. */
    String getDestination();

    /** Since its creation where it has never succeeded. */
    double getSecondsSinceSuccess();

}
