package oci;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import replication.execution.StopSignal;
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

    private final StopSignal closing;

    private final Origin origin;

    private final String host;

    private final HttpSettings settings;

    private final HostLimits limits;

    private final Lanes lanes;

    private final Wire wire;

    private final Attempts attempts;

    private final Attempts single;

    private final Authorizer authorizer;

    HttpCaller(Registry registry, HttpSettings settings, HostLimits limits) {
        Endpoint endpoint = Endpoint.of(registry);
        this.closing = new StopSignal();
        this.origin = endpoint.origin();
        this.host = HostRecords.host(registry.url());
        this.settings = settings;
        this.limits = limits;
        this.lanes = limits.of(registry);
        this.wire = new Wire(registry, settings, limits.sizes());
        this.attempts = new Attempts(settings);
        this.single = this.attempts.once();
        this.authorizer = new Authorizer(endpoint, registry.credential(), this.wire, this.attempts, this.closing);
    }

    private HttpCaller(HttpCaller other, Wire wire) {
        this.origin = other.origin;
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
            T read = reader.read(answer);
            answer.finish();
            return read;
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
            return first;
        }
        Rejection rejection = rejection(call, first);
        String renewed = rejection.asksForToken() ? this.authorizer.renew(rejection, authorization, stop) : null;
        if (renewed == null) {
            throw new Rejected(rejection);
        }
        if (!call.repeatable()) {
            throw new CarriedFailure(rejection.passing());
        }
        Answer second = send(call, renewed, stop);
        if (!good(call, second)) {
            throw new Rejected(rejection(call, second));
        }
        return second;
    }

    /** What a blob is, its digest tells. */
    private static boolean good(Call call, Answer answer) throws IOException {
        try {
            return answer.success() && (call.lane() == Lane.READ || call.lane() == Lane.READ_ON || !answer.page());
        }
        catch (IOException ex) {
            answer.close();
            throw ex;
        }
    }

    private Rejection rejection(Call call, Answer answer) throws IOException {
        Rejection rejection = Rejection.of(call, answer);
        rejection.retryAfter().ifPresent(this.lanes::hold);
        if (!ours(answer.uri()) && rejection.asksForToken()) {
            // A signed URL has expired: the registry gives another one.
            throw new CarriedFailure(rejection.passing());
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
            this.lanes.failed(ex, System.nanoTime() - begin);
            throw ex;
        }
        catch (RuntimeException ex) {
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
        Call hop = call;
        for (int hops = 0; hops <= MOST_REDIRECTS; hops++) {
            Answer answer = this.wire.send(hop, ours(hop.uri()) ? authorization : null, stop);
            if (!call.reading() || !REDIRECTS.contains(answer.status())) {
                return answer;
            }
            try (answer) {
                hop = hop.at(Location.of(hop, answer));
                answer.finish();
            }
        }
        throw new CarriedFailure(
                new RegistryFailure.Permanent(call.doing() + ": more than " + MOST_REDIRECTS + " redirects"));
    }

    private boolean ours(URI uri) {
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
