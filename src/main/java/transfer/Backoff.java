package transfer;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import replication.registry.RegistryFailure;

/**
 * How long to wait before the next attempt: full jitter under a bound that doubles, or
 * what is asked.
 */
record Backoff(TransferSettings settings) {

    Duration before(int attempt, RegistryFailure failure) {
        Duration asked = (failure instanceof RegistryFailure.RateLimited limited) ? limited.retryAfter()
                : Duration.ZERO;
        long bound = Math.min(this.settings.maxWait().toMillis(),
                this.settings.firstWait().toMillis() << Math.min(attempt, 20));
        Duration jitter = Duration.ofMillis(ThreadLocalRandom.current().nextLong(Math.max(1, bound)));
        return (asked.compareTo(jitter) > 0) ? asked : jitter;
    }

}
