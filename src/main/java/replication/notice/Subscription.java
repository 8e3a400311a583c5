package replication.notice;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Somebody wants to be told.
 *
 * @param id 0 where it has not been saved
 * @param policyId of this policy only; null for all, also those that run once
 */
public record Subscription(long id, String name, @Nullable Long policyId, Set<Event> events, Target target,
        boolean enabled) {

    public Subscription {
        events = Set.copyOf(events);
        if (events.isEmpty()) {
            throw new IllegalArgumentException("a subscription needs an event");
        }
    }

}
