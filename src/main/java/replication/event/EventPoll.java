package replication.event;

import java.util.List;

import oci.model.RegistryFailure;
import oci.model.StopSignal;

/**
 * Reads a registry's events from a queue of its cloud: a capability of a
 * {@link replication.registry.RegistryConnection}. What was read and is not done comes
 * again later, so that no event is lost. Safe for many threads.
 */
public interface EventPoll {

    /**
     * Reads some of what waits in the queue; where nothing does, it waits a second for
     * it.
     * @return up to about a hundred messages; none where nothing waits
     * @throws RegistryFailure where the queue cannot be read
     */
    List<Told> read(StopSignal stop);

    /**
     * Takes messages out of the queue, after their events were stored.
     * @throws RegistryFailure where they stay; they come again, which does no harm
     */
    void done(List<Told> told, StopSignal stop);

    /**
     * A message of the queue.
     *
     * @param sender the identity of the {@link Sender} that understands it
     * @param receipt by which the queue knows the message
     * @param elsewhere which other place the message is about, whose own registry may
     * read it from the same queue; empty where it is about this registry
     */
    record Told(String sender, HookDelivery delivery, String receipt, String elsewhere) {

        public Told(String sender, HookDelivery delivery, String receipt) {
            this(sender, delivery, receipt, "");
        }

        boolean foreign() {
            return !this.elsewhere.isEmpty();
        }

    }

}
