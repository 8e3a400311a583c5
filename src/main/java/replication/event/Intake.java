package replication.event;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import replication.Refusal;

/**
 * Takes deliveries in: who sends must know the hook's path and give its proof, and what
 * is sent must be understood, before anything is written.
 */
public final class Intake {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final Hooks hooks;

    private final EventInbox inbox;

    private final Function<String, Sender> named;

    private final Function<Delivery, Sender> recognised;

    private final Clock clock;

    private final int perSecond;

    private final Map<Long, Bucket> buckets = new ConcurrentHashMap<>();

    /**
     * Takes in what senders send.
     * @param named the sender of a name
     * @param recognised the sender that a delivery looks like
     * @param perSecond so many deliveries to one hook, and twice as many at once
     */
    public Intake(Hooks hooks, EventInbox inbox, Function<String, Sender> named, Function<Delivery, Sender> recognised,
            Clock clock, int perSecond) {
        this.hooks = hooks;
        this.inbox = inbox;
        this.named = named;
        this.recognised = recognised;
        this.clock = clock;
        this.perSecond = perSecond;
    }

    /** How a token is known to the database. */
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
     * Takes a delivery; returns how many events were new.
     * @throws Refusal.Missing where there is no such hook
     * @throws Refusal.Denied where the proof does not hold
     * @throws Refusal.TooMany where more comes than is allowed
     * @throws Refusal.Invalid where it is not understood
     */
    public int take(String token, Delivery delivery) {
        Hook hook = this.hooks.byToken(hash(token)).orElseThrow(() -> new Refusal.Missing("hook", "of this path"));
        Bucket bucket = this.buckets.computeIfAbsent(hook.id(), (_) -> new Bucket(this.perSecond));
        if (!bucket.take(this.clock.millis())) {
            throw new Refusal.TooMany("more than %d deliveries a second to one hook".formatted(this.perSecond),
                    Duration.ofSeconds(1));
        }
        if (!hook.proof().holds(delivery, this.clock.instant())) {
            if (bucket.warns(this.clock.millis())) {
                LOG.warn("hook {} of registry {}: a delivery without the right proof was refused", hook.id(),
                        hook.registryId());
            }
            throw new Refusal.Denied("the delivery does not prove that its sender knows the hook's secret");
        }
        List<RegistryEvent> events = sender(hook, delivery).read(delivery);
        return events.isEmpty() ? 0 : this.inbox.add(hook.registryId(), events);
    }

    private Sender sender(Hook hook, Delivery delivery) {
        return hook.sender().isEmpty() ? this.recognised.apply(delivery) : this.named.apply(hook.sender());
    }

    /** A token bucket, and when it was last warned of what came. */
    private static final class Bucket {

        private static final long WARN_AGAIN_MILLIS = 60_000;

        private final int perSecond;

        private double tokens;

        private long filled;

        private long warned;

        Bucket(int perSecond) {
            this.perSecond = perSecond;
            this.tokens = 2.0 * perSecond;
        }

        synchronized boolean take(long now) {
            this.tokens = Math.min(2.0 * this.perSecond,
                    this.tokens + Math.max(0, now - this.filled) / 1000.0 * this.perSecond);
            this.filled = now;
            if (this.tokens < 1) {
                return false;
            }
            this.tokens--;
            return true;
        }

        synchronized boolean warns(long now) {
            boolean again = now - this.warned > WARN_AGAIN_MILLIS;
            this.warned = again ? now : this.warned;
            return again;
        }

    }

}
