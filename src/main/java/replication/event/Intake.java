package replication.event;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import replication.Refusal;

/**
 * Takes deliveries in. The hook's path is checked before the body is read; the proof is
 * checked and the body understood before anything is written.
 */
public final class Intake {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private static final int MOST_HOOKS = 10_000;

    private final Hooks hooks;

    private final EventInbox inbox;

    private final Function<String, Sender> named;

    private final Function<HookDelivery, Sender> recognised;

    private final Clock clock;

    private final int perSecond;

    private final Bucket strangers;

    private final Set<String> known = ConcurrentHashMap.newKeySet();

    private final Map<Long, Watch> watches = new ConcurrentHashMap<>();

    /**
     * Opens the intake.
     * @param named the sender of a name
     * @param recognised the sender that a delivery looks like
     * @param perSecond how many deliveries a second are allowed to one hook, and to all
     * unknown paths together; twice as many in a burst
     */
    public Intake(Hooks hooks, EventInbox inbox, Function<String, Sender> named,
            Function<HookDelivery, Sender> recognised, Clock clock, int perSecond) {
        this.hooks = hooks;
        this.inbox = inbox;
        this.named = named;
        this.recognised = recognised;
        this.clock = clock;
        this.perSecond = perSecond;
        this.strangers = new Bucket(perSecond);
    }

    /** The form in which the database has a token. */
    public static String hash(String token) {
        try {
            return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        }
        catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /**
     * Admits a delivery before its body is read.
     * @throws Refusal.Missing if there is no such hook
     * @throws Refusal.TooMany if more deliveries come than are allowed
     */
    public Admission admit(String token) {
        Hook hook = hook(hash(token));
        if (this.watches.size() >= MOST_HOOKS) {
            // They include hooks that were deleted. Filling the buckets anew does no
            // harm.
            this.watches.clear();
            this.known.clear();
        }
        Watch watch = this.watches.computeIfAbsent(hook.id(), (_) -> new Watch(this.perSecond));
        if (!watch.bucket.take(this.clock.millis())) {
            throw tooMany("deliveries a second to one hook");
        }
        if (!hook.proof().readable()) {
            warn(hook, watch, "key", "deliveries are refused: " + Hook.LOCKED);
            throw new Refusal.Locked("the hook's proof cannot be checked: " + Hook.LOCKED);
        }
        return new Admission(hook, watch);
    }

    /**
     * Takes an admitted delivery; returns how many of its events are new.
     * @throws Refusal.Denied if the proof does not hold
     * @throws Refusal.Invalid if the delivery is not understood
     */
    public int take(Admission admission, HookDelivery delivery) {
        Hook hook = admission.hook;
        Watch watch = admission.watch;
        if (!hook.proof().holds(delivery, this.clock.instant())) {
            warn(hook, watch, "proof", "a delivery without the right proof was refused");
            throw new Refusal.Denied("the delivery does not prove that its sender knows the hook's secret");
        }
        List<RegistryEvent> events = read(hook, watch, delivery);
        return events.isEmpty() ? 0 : this.inbox.add(hook.registryId(), events);
    }

    // Each guess costs a query, so guesses are limited together; a path that was found
    // before does not wait for them.
    private Hook hook(String hash) {
        if (!this.known.contains(hash) && this.strangers.isEmpty(this.clock.millis())) {
            throw tooMany("deliveries a second to unknown paths");
        }
        Optional<Hook> hook = this.hooks.byToken(hash);
        if (hook.isEmpty()) {
            this.known.remove(hash);
            this.strangers.take(this.clock.millis());
            throw new Refusal.Missing("hook", "of this path");
        }
        this.known.add(hash);
        return hook.get();
    }

    private Refusal.TooMany tooMany(String what) {
        return new Refusal.TooMany("more than %d %s".formatted(this.perSecond, what), Duration.ofSeconds(1));
    }

    // Senders show nobody our answer, so the log has the reason.
    private List<RegistryEvent> read(Hook hook, Watch watch, HookDelivery delivery) {
        String from = hook.sender().isEmpty() ? "an unknown sender" : hook.sender();
        try {
            Sender sender = hook.sender().isEmpty() ? this.recognised.apply(delivery) : this.named.apply(hook.sender());
            from = sender.identity();
            return sender.read(delivery, (about, line) -> warn(hook, watch, "remark " + about, line));
        }
        catch (Refusal.Invalid ex) {
            warn(hook, watch, "refusal", "a delivery of " + from + " was refused: " + ex.getMessage());
            throw ex;
        }
    }

    private void warn(Hook hook, Watch watch, String about, String line) {
        if (watch.log.permits(about, this.clock.millis())) {
            LOG.warn("hook {} of registry {}: {}", hook.id(), hook.registryId(), line);
        }
    }

    /** The right to deliver once to a hook. */
    public static final class Admission {

        private final Hook hook;

        private final Watch watch;

        private Admission(Hook hook, Watch watch) {
            this.hook = hook;
            this.watch = watch;
        }

    }

    private record Watch(Bucket bucket, LogThrottle log) {

        Watch(int perSecond) {
            this(new Bucket(perSecond), new LogThrottle());
        }

    }

}
