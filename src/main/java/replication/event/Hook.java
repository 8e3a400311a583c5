package replication.event;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A place where a registry may tell what happens to it.
 *
 * @param id 0 where it has not been saved
 * @param sender by identity; empty where it is told by the shape of what comes
 * @param creationTime null where it has not been saved
 */
public record Hook(long id, long registryId, String description, String sender, Proof proof,
        @Nullable Instant creationTime) {

    /** What is said of one whose secret cannot be opened. */
    public static final String LOCKED = "its secret cannot be opened with this key; delete the hook and create it anew";

}
