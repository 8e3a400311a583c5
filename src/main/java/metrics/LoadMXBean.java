package metrics;

/** What JMX shows of a policy or registry. */
public interface LoadMXBean {

    /** Tasks that nodes work on. */
    long getTasksRunning();

    /** Tasks in the backlog and the queue, without what was paused. */
    long getQueueDepth();

    /** How long the oldest of those has waited; 0 where none waits. */
    double getQueueAgeSeconds();

    /** Of artifacts that were finished within the last minute. */
    double getBytesPerSecond();

}
