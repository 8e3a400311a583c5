package replication.event;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A path that a registry posts its events to.
 *
 * @param id 0 for a hook that has not been saved
 * @param sender the sender's identity; empty to recognise it by the shape of each
 * delivery
 * @param creationTime null for a hook that has not been saved
 */
public record Hook(long id, long registryId, String description, String sender, Proof proof,
        @Nullable Instant creationTime) {

    /** The reason of a hook whose secret cannot be opened. */
    public static final String LOCKED = "its secret cannot be opened with this key; delete the hook and create it anew";

}
