package transfer.blob;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

import oci.model.RegistryFailure;
import oci.model.StopSignal;
import oci.model.Waits;
import replication.execution.copy.TransferOrder.LogSink;
import transfer.pace.TransferSettings;

/**
 * Begins a step anew while its failure may pass: full jitter, or as long as the registry
 * asks. Only for what moves a blob; the connection itself repeats small requests.
 */
record Retries(TransferSettings.Backoff backoff, StopSignal stop, LogSink log) {

    /** In bytes. */
    private static final long PROGRESS = 1024 * 1024;

    /**
     * Runs it until it succeeds or fails for good.
     * @param reached how far it has come, in bytes: what brings it further is no failure
     * that counts
     */
    void run(Runnable step, LongSupplier reached) {
        long before = 0;
        for (int failures = 0;; failures++) {
            this.stop.check();
            if (reached.getAsLong() - before >= PROGRESS) {
                before = reached.getAsLong();
                failures = 0;
            }
            try {
                step.run();
                return;
            }
            catch (RegistryFailure ex) {
                // What a stop cut off looks like a fault of the network.
                this.stop.check();
                Duration wait = wait(ex, failures);
                if (!ex.passing() || failures >= this.backoff.retries()
                        || wait.compareTo(this.backoff.patience()) > 0) {
                    throw ex;
                }
                String line = Waits.retry(String.valueOf(ex.getMessage()), wait, failures + 2,
                        this.backoff.retries() + 1);
                this.log.line(line);
                try (Waits.Wait _ = this.stop.waits().begin("waits after a failure: " + line, Duration.ZERO)) {
                    this.stop.pause(wait);
                }
            }
        }
    }

    private Duration wait(RegistryFailure failure, int failures) {
        long bound = Math.min(this.backoff.base().toMillis() << Math.min(failures, 20), this.backoff.most().toMillis());
        Duration jitter = Duration.ofMillis(ThreadLocalRandom.current().nextLong(bound + 1));
        return failure.retryAfter().plus(jitter);
    }

}
