package replication.event;

import java.util.List;

/**
 * What registries have told, until it has led to executions: durable, each event once,
 * however often it is delivered.
 */
public interface EventInbox {

    /**
     * Takes events of a registry in; returns how many of them are new.
     * @throws replication.Refusal.Missing where the registry has been deleted
     */
    int add(long registryId, List<RegistryEvent> events);

    /**
     * Gives what has waited long enough to the policies that it concerns: to the
     * execution of the policy that an event has started and that has not begun, or else
     * to a new one, which waits where another goes on. Returns how many were started.
     */
    int gather();

    /** Forgets what was handled so long ago that nobody delivers it again. */
    void purge();

}
