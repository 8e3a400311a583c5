package adapters.aws;

import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;

import oci.model.StopSignal;

/**
 * The aliases of an account. They are asked for at the first look, and again when one is
 * not among them, since aliases can be added; at most once a minute. Safe for many
 * threads.
 */
final class EcrAliases {

    private static final long PAUSE = Duration.ofMinutes(1).toNanos();

    private final Function<StopSignal, Set<String>> asked;

    private final LongSupplier nanoseconds;

    /** Always whole: a look sees all aliases of an answer, or none. */
    private volatile Answer last = new Answer(Set.of(), false, 0);

    /**
     * Nothing is asked yet.
     * @param asked gives all aliases, immutable
     * @param nanoseconds a clock, as {@link System#nanoTime}
     */
    EcrAliases(Function<StopSignal, Set<String>> asked, LongSupplier nanoseconds) {
        this.asked = asked;
        this.nanoseconds = nanoseconds;
    }

    boolean has(String alias, StopSignal stop) {
        Answer answer = this.last;
        if (!answer.names.contains(alias) && !(answer.came && this.nanoseconds.getAsLong() - answer.at < PAUSE)) {
            answer = new Answer(this.asked.apply(stop), true, this.nanoseconds.getAsLong());
            this.last = answer;
        }
        return answer.names.contains(alias);
    }

    /** As the last answer told them. */
    Set<String> known() {
        return this.last.names;
    }

    private record Answer(Set<String> names, boolean came, long at) {

    }

}
