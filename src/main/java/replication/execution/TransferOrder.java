package replication.execution;

import replication.policy.Policy;
import replication.registry.Registry;

/**
 * What is to be copied from where to where.
 *
 * @param policy its filters and whether it overrides
 * @param log takes a line for whoever reads the task's log
 */
public record TransferOrder(Registry source, String sourceRepository, Registry destination,
        String destinationRepository, Policy policy, StopSignal stop, LogSink log) {

    /** Takes lines of a task's log; never blocks on I/O for long. */
    @FunctionalInterface
    public interface LogSink {

        void line(String text);

    }

}
