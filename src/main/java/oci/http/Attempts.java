package oci.http;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;

import oci.message.Call;
import oci.message.Rejected;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import oci.model.Waits;
import oci.net.HttpSettings;
import org.apache.hc.client5.http.ClientProtocolException;

/**
 * Repeats a request while its failure may pass: with full jitter under a bound that
 * doubles, or after the time that the registry asks for.
 */
public final class Attempts {

    private final HttpSettings settings;

    /** Whether anything has ever answered in HTTP. */
    private final AtomicBoolean spoken;

    public Attempts(HttpSettings settings) {
        this(settings, new AtomicBoolean());
    }

    private Attempts(HttpSettings settings, AtomicBoolean spoken) {
        this.settings = settings;
        this.spoken = spoken;
    }

    /** The same without a second try. */
    Attempts once() {
        return new Attempts(this.settings.once(), this.spoken);
    }

    public <T> T run(Call call, StopSignal stop, Attempt<T> attempt) {
        for (int number = 1;; number++) {
            stop.check();
            RegistryFailure failure;
            String why;
            boolean garbled = false;
            Optional<Duration> asked = Optional.empty();
            try {
                T result = attempt.run();
                this.spoken.set(true);
                return result;
            }
            catch (Rejected ex) {
                this.spoken.set(true);
                failure = call.verdict().apply(ex.rejection());
                why = String.valueOf(ex.rejection().status());
                asked = ex.rejection().retryAfter();
            }
            catch (IOException ex) {
                stop.check();
                garbled = Astray.bare(ex) instanceof ClientProtocolException;
                failure = this.spoken.get() ? NetworkFault.again(call, ex) : NetworkFault.of(call, ex);
                why = withoutBeginning(String.valueOf(failure.getMessage()), call.doing() + ": ");
            }
            Duration wait = asked.orElse(jitter(this.settings, number));
            if (!(failure.passing() || garbled) || !call.repeatable() || number >= this.settings.attempts()
                    || wait.compareTo(this.settings.patience()) > 0) {
                throw failure;
            }
            stop.waits()
                .again(Waits.retry(String.valueOf(failure.getMessage()), wait, number + 1, this.settings.attempts()));
            try (Waits.Wait _ = stop.waits()
                .begin("waits for %s: %s, again at %s".formatted(call.uri().authority(), why, Waits.time(wait)),
                        Duration.ZERO)) {
                stop.pause(wait);
            }
        }
    }

    private static String withoutBeginning(String text, String beginning) {
        return text.startsWith(beginning) ? text.substring(beginning.length()) : text;
    }

    /** How long to wait after so many failures, from 1. */
    public static Duration jitter(HttpSettings settings, int number) {
        long most = settings.baseWait().toMillis() << Math.min(number - 1, 20);
        long bound = Math.min(most, settings.maxWait().toMillis());
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(bound + 1));
    }

    /** One try. */
    @FunctionalInterface
    public interface Attempt<T> {

        public T run() throws IOException, Rejected;

    }

}
