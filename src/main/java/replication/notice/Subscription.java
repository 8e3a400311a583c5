package replication.notice;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A wish to be told of events.
 *
 * @param id 0 for a subscription that has not been saved
 * @param policyId only events of this policy; null for all policies, including those that
 * run once
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
