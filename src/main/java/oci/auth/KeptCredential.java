package oci.auth;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import oci.model.CredentialSource;
import oci.model.CredentialSource.Issued;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a source has issued last. It is renewed a little before its end and after a
 * refusal, once for all who want it meanwhile.
 */
final class KeptCredential {

    private static final Logger LOG = LoggerFactory.getLogger(KeptCredential.class);

    /** Of a long life so much is left when it is renewed; of a short one a fifth. */
    private static final Duration BEFORE_END = Duration.ofMinutes(5);

    /** Where renewing fails, and what is held has not ended. */
    private static final Duration AGAIN = Duration.ofSeconds(30);

    /**
     * What is refused so soon after it was issued, and never worked, is not made good by
     * another: a source is not asked for each request.
     */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final CredentialSource source;

    private final StopSignal closing;

    private final Clock clock;

    private final SingleFlight<CredentialSource, Issued> flights = new SingleFlight<>();

    private volatile @Nullable Kept kept;

    private volatile @Nullable Issued accepted;

    KeptCredential(CredentialSource source, StopSignal closing, Clock clock) {
        this.source = source;
        this.closing = closing;
        this.clock = clock;
    }

    /**
     * What to ask with now.
     * @throws RegistryFailure where nothing is issued
     */
    Issued current(StopSignal stop) {
        Kept held = this.kept;
        return (held != null && this.clock.instant().isBefore(held.renewal())) ? held.issued()
                : this.flights.join(this.source, () -> renew(held), stop);
    }

    /** What to ask with after a refusal; the same where there is nothing else. */
    Issued insteadOf(Issued refused, StopSignal stop) {
        return this.flights.join(this.source, () -> {
            Kept held = this.kept;
            boolean other = held != null && !held.issued().equals(refused);
            return (held != null && (other || fresh(held))) ? held.issued() : ask(refused);
        }, stop);
    }

    /** The registry has taken what is held, or a token service has. */
    void works() {
        Kept held = this.kept;
        if (held != null && !held.issued().equals(this.accepted)) {
            this.accepted = held.issued();
        }
    }

    private boolean fresh(Kept held) {
        Instant now = this.clock.instant();
        return !held.issued().equals(this.accepted) && now.isBefore(held.asked().plus(FRESH))
                && now.isBefore(held.issued().until());
    }

    private Issued renew(@Nullable Kept before) {
        this.closing.check();
        Kept held = this.kept;
        if (held == null) {
            return ask(null);
        }
        if (!held.equals(before)) {
            return held.issued();
        }
        try {
            return ask(held.issued());
        }
        catch (RegistryFailure ex) {
            Instant now = this.clock.instant();
            if (!now.isBefore(held.issued().until())) {
                throw ex;
            }
            LOG.warn("{}; the credential that ends at {} is used on, and another asked for in {} s", ex.getMessage(),
                    held.issued().until(), AGAIN.toSeconds());
            this.kept = new Kept(held.issued(), held.asked(), now.plus(AGAIN));
            return held.issued();
        }
    }

    private Issued ask(@Nullable Issued useless) {
        Issued issued = this.source.current(useless);
        Instant now = this.clock.instant();
        this.kept = new Kept(issued, now, renewal(issued, now));
        return issued;
    }

    /**
     * What has ended before it came, by our clock or the issuer's, is used all the same
     * for a while.
     */
    private static Instant renewal(Issued issued, Instant now) {
        if (!issued.until().isAfter(now)) {
            return now.plus(AGAIN);
        }
        if (issued.until().equals(Instant.MAX)) {
            return Instant.MAX;
        }
        Duration life = Duration.between(now, issued.until());
        Instant fifth = issued.until().minus(life.dividedBy(5));
        Instant minutes = issued.until().minus(BEFORE_END);
        return fifth.isAfter(minutes) ? fifth : minutes;
    }

    /**
     * What is held.
     *
     * @param asked when the source gave it
     * @param renewal from when on another is asked for
     */
    private record Kept(Issued issued, Instant asked, Instant renewal) {
    }

}
