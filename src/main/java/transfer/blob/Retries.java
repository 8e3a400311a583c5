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
 * Repeats the transfer of a blob while its failure may pass: with full jitter, or after
 * the time that the registry asks for. The connection itself repeats small requests.
 */
record Retries(TransferSettings.Backoff backoff, StopSignal stop, LogSink log) {

    /** In bytes. */
    private static final long PROGRESS = 1024 * 1024;

    /**
     * Runs a step until it succeeds or fails for good.
     * @param reached how far the step has come, in bytes; a failure after progress does
     * not count
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
                // A stream that a stop has closed looks like a network failure.
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
