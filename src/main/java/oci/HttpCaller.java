package oci;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import replication.WebUrl;
import replication.execution.StopSignal;
import replication.registry.CredentialSource;
import replication.registry.HostRecords;
import replication.registry.Registry;
import replication.registry.RegistryFailure;

/**
 * Calls one registry: takes the permit, authenticates, follows redirects, tries again and
 * turns whatever goes wrong into a {@link RegistryFailure}.
 */
final class HttpCaller implements AutoCloseable {

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private static final int MOST_REDIRECTS = 5;

    private static final int MOST_PROVEN = 1000;

    /** By so much clocks may be apart for a token to be of the future. */
    private static final Duration RIPENING = Duration.ofSeconds(1);

    private final StopSignal closing;

    private final Origin origin;

    /** How messages call the registry's host. */
    private final String name;

    /** Other hosts that have taken what the registry wants written there. */
    private final Set<Origin> proven;

    private final String host;

    private final HttpSettings settings;

    private final HostLimits limits;

    private final Lanes lanes;

    private final Wire wire;

    private final Attempts attempts;

    private final Attempts single;

    private final Authorizer authorizer;

    /** A caller without any I/O yet. */
    HttpCaller(Registry registry, CredentialSource source, HttpSettings settings, HostLimits limits, Clock clock) {
        Endpoint endpoint = Endpoint.of(registry);
        this.closing = new StopSignal();
        this.proven = ConcurrentHashMap.newKeySet();
        this.origin = endpoint.origin();
        this.name = endpoint.base().authority();
        this.host = HostRecords.host(registry.url());
        this.settings = settings;
        this.limits = limits;
        this.lanes = limits.of(registry);
        this.wire = new Wire(registry, settings, limits.sizes());
        this.attempts = new Attempts(settings);
        this.single = this.attempts.once();
        this.authorizer = new Authorizer(endpoint, source, this.wire, this.attempts, this.closing, clock);
    }

    private HttpCaller(HttpCaller other, Wire wire) {
        this.origin = other.origin;
        this.name = other.name;
        this.proven = other.proven;
        this.host = other.host;
        this.settings = other.settings;
        this.limits = other.limits;
        this.lanes = other.lanes;
        this.wire = wire;
        this.attempts = other.attempts;
        this.single = other.single;
        this.authorizer = other.authorizer;
        this.closing = other.closing;
    }

    /**
     * One that asks past caches on the way and not over a connection that has served
     * before. It is closed with this one.
     */
    HttpCaller afresh() {
        return new HttpCaller(this, this.wire.afresh());
    }

    /** Whether it is such a one. */
    boolean isFresh() {
        return this.wire.isFresh();
    }

    /** The signal of the connection as a whole: given when it is closed. */
    StopSignal closing() {
        return this.closing;
    }

    /** As whom one is let in, in one line. */
    String admission() {
        return this.authorizer.admission();
    }

    /** Whether nothing was given to say who asks. */
    boolean anonymous() {
        return this.authorizer.anonymous();
    }

    /** Whether the registry has named a token service. */
    boolean usesTokens() {
        return this.authorizer.usesTokens();
    }

    HttpSettings settings() {
        return this.settings;
    }

    /** The host has shown that it can, or cannot. */
    void learn(HostRecords.Trait trait, boolean can) {
        this.limits.records().learn(this.host, trait, can);
    }

    /** See {@link HostRecords#missed}. */
    void missed(HostRecords.Trait trait) {
        this.limits.records().missed(this.host, trait);
    }

    /** Empty where the host has not shown it. */
    Optional<Boolean> shown(HostRecords.Trait trait) {
        return this.limits.records().shown(this.host, trait);
    }

    ReadAhead memory() {
        return this.limits.memory();
    }

    /** A permit to read a blob, where one is free; see {@link Lane#READ_ON}. */
    Optional<Permits.Permit> spareRead() {
        return this.lanes.spareRead();
    }

    /** Reads an answer and lets go of it; reading is part of what is tried again. */
    <T> T ask(Call call, StopSignal stop, Reader<T> reader) {
        return this.attempts.run(call, stop, () -> read(call, stop, reader));
    }

    /** The same without a second try. */
    <T> T askOnce(Call call, StopSignal stop, Reader<T> reader) {
        return this.single.run(call, stop, () -> read(call, stop, reader));
    }

    private <T> T read(Call call, StopSignal stop, Reader<T> reader) throws IOException, Rejected {
        try (Answer answer = answer(call, stop)) {
            try {
                T read = reader.read(answer);
                answer.finish();
                return read;
            }
            catch (IOException ex) {
                throw located(answer.call(), ex);
            }
        }
    }

    /** Leaves the answer open; closing it gives the permit back. */
    Answer open(Call call, StopSignal stop) {
        return this.attempts.run(call, stop, () -> answer(call, stop));
    }

    private Answer answer(Call call, StopSignal stop) throws IOException, Rejected {
        String authorization = this.authorizer.header(call.scopes(), stop);
        Answer first = send(call, authorization, stop);
        if (good(call, first)) {
            this.authorizer.accepted(authorization);
            return first;
        }
        Rejection rejection = rejection(first);
        if (rejection.elsewhere()) {
            return elsewhere(call, rejection, authorization, stop);
        }
        String renewed = rejection.asksForToken() ? this.authorizer.renew(rejection, authorization, stop) : null;
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
        if (again.elsewhere() || !this.authorizer.mayRipen(again)) {
            throw new Rejected(again);
        }
        Waiting.pause(ripening(), stop);
        Answer third = send(call, renewed, stop);
        if (!good(call, third)) {
            throw new Rejected(rejection(third));
        }
        return third;
    }

    private Duration ripening() {
        return (RIPENING.compareTo(this.settings.maxWait()) < 0) ? RIPENING : this.settings.maxWait();
    }

    /** What another host has refused that the registry sent us to. */
    private Answer elsewhere(Call call, Rejection rejection, @Nullable String authorization, StopSignal stop)
            throws IOException, Rejected {
        boolean signature = call.reading() && (rejection.asksForToken() || rejection.status() == 403);
        if (signature) {
            // Most often a signed URL has expired, and the registry gives another one.
            Answer second = send(call, authorization, stop);
            if (good(call, second)) {
                return second;
            }
            Rejection again = rejection(second);
            // A signature is for one method: what HEAD is refused, GET may be given.
            if (!again.elsewhere() || call.method().equals("HEAD")) {
                throw new Rejected(again);
            }
            throw new CarriedFailure(
                    again.asksForToken() ? again.passing() : new RegistryFailure.Permanent(again.message()));
        }
        if (!call.reading() && unproven(rejection.call()) && (rejection.status() < 500 || rejection.page())
                && rejection.status() != 429) {
            throw new CarriedFailure(new RegistryFailure.Permanent(rejection.message()));
        }
        if (rejection.asksForToken()) {
            // The place of this upload has expired: another one gets a new place.
            throw new CarriedFailure(rejection.passing());
        }
        throw new Rejected(rejection);
    }

    /** What a blob is, its digest tells. */
    private boolean good(Call call, Answer answer) throws IOException {
        try {
            boolean good = answer.success()
                    && (call.lane() == Lane.READ || call.lane() == Lane.READ_ON || !answer.page());
            if (good && !ours(call.uri()) && this.proven.size() < MOST_PROVEN) {
                this.proven.add(Origin.of(answer.uri()));
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
            rejection.retryAfter().ifPresent(this.lanes::hold);
        }
        return rejection;
    }

    private Answer send(Call call, @Nullable String authorization, StopSignal stop) throws IOException {
        // Not before the token is there: fetching one must not wait behind those who wait
        // for it.
        Permits.Permit permit = (call.lane() == Lane.READ_ON) ? null
                : this.lanes.acquire(call, this.settings.patience(), stop);
        long begin = System.nanoTime();
        try {
            Answer answer = follow(call, authorization, stop);
            answer.holds(permit);
            if (ours(answer.uri())) {
                RateLimit.of(answer, Instant.now()).ifPresent(this::allowed);
            }
            this.lanes.answered(call, answer.status(), System.nanoTime() - begin);
            return answer;
        }
        catch (IOException ex) {
            giveBack(permit);
            this.lanes.failed(Astray.bare(ex), System.nanoTime() - begin);
            throw ex;
        }
        catch (RuntimeException | Error ex) {
            giveBack(permit);
            throw ex;
        }
    }

    private void allowed(RateLimit limit) {
        if (this.lanes.allowed(limit, this.settings.patience())) {
            this.limits.tell();
        }
    }

    private static void giveBack(Permits.@Nullable Permit permit) {
        if (permit != null) {
            permit.close();
        }
    }

    private Answer follow(Call call, @Nullable String authorization, StopSignal stop) throws IOException {
        Call hop = ours(call.uri()) ? call : call.sent(call.uri(), Hop.toUpload(this.name, authorization != null));
        for (int hops = 0; hops <= MOST_REDIRECTS; hops++) {
            Answer answer = step(hop, authorization, stop);
            if (!call.reading() || !REDIRECTS.contains(answer.status())) {
                return answer;
            }
            try (answer) {
                WebUrl to = Location.of(hop, answer);
                hop = hop.sent(to, Hop.redirect(call, hop.uri().authority(), !ours(to), authorization != null));
                answer.finish();
            }
        }
        throw new CarriedFailure(
                new RegistryFailure.Permanent(call.doing() + ": more than " + MOST_REDIRECTS + " redirects"));
    }

    private Answer step(Call hop, @Nullable String authorization, StopSignal stop) throws IOException {
        try {
            return this.wire.send(hop, ours(hop.uri()) ? authorization : null, stop);
        }
        catch (IOException ex) {
            throw located(hop, ex);
        }
    }

    /** A fault knows where it was where that is not the registry. */
    private IOException located(Call call, IOException ex) {
        return (call.hop() == null || ex instanceof Astray) ? ex
                : new Astray(call, ex, !call.reading() && unproven(call));
    }

    private boolean unproven(Call call) {
        return !ours(call.uri()) && !this.proven.contains(Origin.of(call.uri()));
    }

    private boolean ours(WebUrl uri) {
        return Origin.of(uri).equals(this.origin);
    }

    /** Whether nothing is open any more, after what was idle for so long is closed. */
    boolean rest(Duration idle) {
        return this.wire.rest(idle);
    }

    @Override
    public void close() {
        this.closing.stop();
        this.wire.close();
    }

    /** Reads what is wanted of an answer. */
    @FunctionalInterface
    interface Reader<T> {

        T read(Answer answer) throws IOException;

    }

}
