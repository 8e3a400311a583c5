package oci.http;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import oci.limits.AnswerMarks;
import oci.limits.ConcurrencyLimit;
import oci.limits.HostLimits;
import oci.limits.Lane;
import oci.limits.Permits;
import oci.limits.RateLimit;
import oci.message.Answer;
import oci.message.Call;
import oci.message.Rejected;
import oci.message.Rejection;
import oci.model.CarriedFailure;
import oci.model.HostRecords;
import oci.model.RegistryAccess;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import oci.net.HttpSettings;
import org.jspecify.annotations.Nullable;

/**
 * Calls one registry: takes the permit, authenticates, follows redirects, tries again and
 * turns whatever goes wrong into a {@link RegistryFailure}.
 */
public final class HttpCaller implements AutoCloseable {

    /** How far the clocks of registry and token service may be apart. */
    private static final Duration RIPENING = Duration.ofSeconds(1);

    private final StopSignal closing;

    private final Redirects redirects;

    private final HostRecords.Host host;

    private final long registryId;

    private final HttpSettings settings;

    private final HostLimits limits;

    private final ConcurrencyLimit limit;

    private final Wire wire;

    private final Attempts attempts;

    private final Attempts single;

    private final Authorization authorization;

    /**
     * A caller without any I/O yet.
     * @param closing given when the caller is closed
     */
    public HttpCaller(RegistryAccess access, Wire wire, Attempts attempts, Authorization authorization,
            HttpSettings settings, HostLimits limits, StopSignal closing) {
        Endpoint endpoint = Endpoint.of(access);
        this.closing = closing;
        this.redirects = new Redirects(endpoint, authorization);
        this.host = limits.records().of(access.url());
        this.registryId = access.id();
        this.settings = settings;
        this.limits = limits;
        this.limit = limits.of(access);
        this.wire = wire;
        this.attempts = attempts;
        this.single = this.attempts.once();
        this.authorization = authorization;
    }

    private HttpCaller(HttpCaller other, Wire wire) {
        this.redirects = other.redirects;
        this.host = other.host;
        this.registryId = other.registryId;
        this.settings = other.settings;
        this.limits = other.limits;
        this.limit = other.limit;
        this.wire = wire;
        this.attempts = other.attempts;
        this.single = other.single;
        this.authorization = other.authorization;
        this.closing = other.closing;
    }

    /**
     * A caller that bypasses caches on the way and connections that have served before.
     * It is closed with this one.
     */
    HttpCaller afresh() {
        return new HttpCaller(this, this.wire.afresh());
    }

    /** Whether this caller bypasses caches. */
    public boolean isFresh() {
        return this.wire.isFresh();
    }

    /** The signal that is given when this caller is closed. */
    public StopSignal closing() {
        return this.closing;
    }

    public Authorization authorization() {
        return this.authorization;
    }

    public HttpSettings settings() {
        return this.settings;
    }

    /** What the registry's host has shown that it can do. */
    public HostRecords.Host host() {
        return this.host;
    }

    public HostLimits limits() {
        return this.limits;
    }

    /** A permit to read a blob, where one is free; see {@link Lane#READ_ON}. */
    public Optional<Permits.Permit> spareRead() {
        return this.limit.spareRead();
    }

    /**
     * Sends a request and reads its answer; a failure of reading is tried again as well.
     */
    public <T> T ask(Call call, StopSignal stop, Reader<T> reader) {
        return this.attempts.run(call, stop, () -> read(call, stop, reader));
    }

    /** Sends a request once. */
    public <T> T askOnce(Call call, StopSignal stop, Reader<T> reader) {
        return this.single.run(call, stop, () -> read(call, stop, reader));
    }

    private <T> T read(Call call, StopSignal stop, Reader<T> reader) throws IOException, Rejected {
        try (Answer answer = answer(call, stop)) {
            try (AnswerMarks.Mark _ = this.limits.marks().parsing(this.registryId)) {
                T read = reader.read(answer);
                answer.finish();
                return read;
            }
            catch (IOException ex) {
                throw this.redirects.located(answer.call(), ex);
            }
        }
    }

    /** Sends a request and leaves the answer open; closing it gives the permit back. */
    public Answer open(Call call, StopSignal stop) {
        return this.attempts.run(call, stop, () -> answer(call, stop));
    }

    private Answer answer(Call call, StopSignal stop) throws IOException, Rejected {
        String authorization = this.authorization.header(call.scopes(), stop);
        Answer first = send(call, authorization, stop);
        if (good(call, first)) {
            this.authorization.accepted(authorization);
            return first;
        }
        Rejection rejection = rejection(first);
        if (rejection.elsewhere()) {
            return elsewhere(call, rejection, authorization, stop);
        }
        String renewed = rejection.asksForToken() ? this.authorization.renew(rejection, authorization, stop) : null;
        if (renewed == null) {
            throw new Rejected(rejection);
        }
        if (!call.repeatable()) {
            throw new CarriedFailure(rejection.passing());
        }
        Answer second = send(call, renewed, stop);
        if (good(call, second)) {
            return second;
        }
        Rejection again = rejection(second);
        if (again.elsewhere() || !this.authorization.mayRipen(again)) {
            throw new Rejected(again);
        }
        stop.pause(Collections.min(List.of(RIPENING, this.settings.maxWait())));
        Answer third = send(call, renewed, stop);
        if (!good(call, third)) {
            throw new Rejected(rejection(third));
        }
        return third;
    }

    /** Handles the refusal of another host that the registry has sent the request to. */
    private Answer elsewhere(Call call, Rejection rejection, @Nullable String authorization, StopSignal stop)
            throws IOException, Rejected {
        boolean signature = call.reading() && (rejection.asksForToken() || rejection.status() == 403);
        if (signature) {
            // Usually a signed URL has expired, and the registry gives another.
            Answer second = send(call, authorization, stop);
            if (good(call, second)) {
                return second;
            }
            Rejection again = rejection(second);
            // A signature covers one method: GET may work where HEAD is refused.
            if (!again.elsewhere() || call.method().equals("HEAD")) {
                throw new Rejected(again);
            }
            throw new CarriedFailure(
                    again.asksForToken() ? again.passing() : new RegistryFailure.Permanent(again.message()));
        }
        if (this.redirects.leadAstray(rejection.call()) && (rejection.status() < 500 || rejection.page())
                && rejection.status() != 429) {
            throw new CarriedFailure(new RegistryFailure.Permanent(rejection.message()));
        }
        if (rejection.asksForToken()) {
            // The upload's URL has expired; a new upload gets a new one.
            throw new CarriedFailure(rejection.passing());
        }
        throw new Rejected(rejection);
    }

    /** A blob needs no check for HTML, because its digest is checked. */
    private boolean good(Call call, Answer answer) throws IOException {
        try {
            boolean good = answer.success()
                    && (call.lane() == Lane.READ || call.lane() == Lane.READ_ON || !answer.page());
            if (good) {
                this.redirects.served(call, answer);
            }
            return good;
        }
        catch (IOException ex) {
            answer.close();
            throw ex;
        }
    }

    private Rejection rejection(Answer answer) throws IOException {
        Rejection rejection = Rejection.of(answer.call(), answer);
        if (!rejection.elsewhere()) {
            rejection.retryAfter().ifPresent(this.limit::hold);
        }
        return rejection;
    }

    private Answer send(Call call, @Nullable String authorization, StopSignal stop) throws IOException {
        // The permit is taken after the token is there: fetching a token must not wait
        // behind requests that need it.
        Permits.Permit permit = (call.lane() == Lane.READ_ON) ? null
                : this.limit.acquire(call.lane(), call.uri().authority(), call.doing(), this.settings.patience(), stop);
        long begin = System.nanoTime();
        try {
            this.wire.awaitTurn(call, stop);
            begin = System.nanoTime();
            Answer answer = this.redirects.follow(this.wire, call, authorization, stop);
            answer.holds(permit);
            if (this.redirects.ours(answer.uri())) {
                RateLimit.of(answer::header, Instant.now())
                    .filter((said) -> this.limit.allowed(said, this.settings.patience()))
                    .ifPresent((_) -> this.limits.tell());
            }
            this.limit.answered(call.lane(), call.method(), answer.status(), System.nanoTime() - begin);
            return answer;
        }
        catch (IOException | RuntimeException | Error ex) {
            if (permit != null) {
                permit.close();
            }
            if (ex instanceof IOException failure) {
                this.limit.failed(Astray.bare(failure), System.nanoTime() - begin);
            }
            throw ex;
        }
    }

    /** Closes connections that were idle for so long; returns whether none is open. */
    public boolean closeIdle(Duration idle) {
        return this.wire.closeIdle(idle);
    }

    @Override
    public void close() {
        this.closing.stop();
        this.wire.close();
    }

    /** Reads what is wanted of an answer. */
    @FunctionalInterface
    public interface Reader<T> {

        T read(Answer answer) throws IOException;

    }

}
