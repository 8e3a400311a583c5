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
 * The credential that a source issued last. It is renewed shortly before its end and
 * after a refusal, by one request for all who wait.
 */
final class KeptCredential {

    private static final Logger LOG = LoggerFactory.getLogger(KeptCredential.class);

    /** A credential is renewed this long before its end, or after 4/5 of a short life. */
    private static final Duration BEFORE_END = Duration.ofMinutes(5);

    /** The wait after a failed renewal while the held credential is still good. */
    private static final Duration AGAIN = Duration.ofSeconds(30);

    /**
     * A credential that is refused within this time of being issued, and never worked, is
     * not replaced: a source must not be asked for each request.
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
     * The credential to use now.
     * @throws RegistryFailure where none is issued
     */
    Issued current(StopSignal stop) {
        Kept held = this.kept;
        return (held != null && this.clock.instant().isBefore(held.renewal())) ? held.issued()
                : this.flights.join(this.source, () -> renew(held), stop);
    }

    /** The credential to use after a refusal; the same where there is no other. */
    Issued insteadOf(Issued refused, StopSignal stop) {
        return this.flights.join(this.source, () -> {
            Kept held = this.kept;
            boolean other = held != null && !held.issued().equals(refused);
            return (held != null && (other || fresh(held))) ? held.issued() : ask(refused);
        }, stop);
    }

    /** Notes that the registry or its token service accepted the held credential. */
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
        Issued issued = issued(useless);
        Instant now = this.clock.instant();
        this.kept = new Kept(issued, now, renewal(issued, now));
        return issued;
    }

    /** What the issuer does not know says nothing of what is asked for with it. */
    private Issued issued(@Nullable Issued useless) {
        try {
            return this.source.current(useless);
        }
        catch (RegistryFailure.NotFound ex) {
            throw new RegistryFailure.Permanent(ex.reason(), ex);
        }
    }

    /**
     * A credential that has ended before it came, by our clock or the issuer's, is used
     * all the same for a while.
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
     * The held credential.
     *
     * @param asked when the source issued it
     * @param renewal when another is asked for
     */
    private record Kept(Issued issued, Instant asked, Instant renewal) {
    }

}
