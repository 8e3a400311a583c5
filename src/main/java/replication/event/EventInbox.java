package replication.event;

import java.util.List;

/**
 * Events of registries that have not started executions yet. They are durable, and an
 * event that is delivered again is stored once.
 */
public interface EventInbox {

    /**
     * Stores events of a registry; returns how many of them are new.
     * @throws replication.Refusal.Missing if the registry has been deleted
     */
    int add(long registryId, List<RegistryEvent> events);

    /**
     * Gives events that have waited long enough to the policies that they concern: to the
     * policy's execution that events have started and that has not begun, or to a new
     * one, which waits while too many run. Returns how many were started.
     */
    int gather();

    /**
     * Deletes events that were handled so long ago that no sender delivers them again.
     */
    void purge();

}
