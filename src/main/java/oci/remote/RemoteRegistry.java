package oci.remote;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import oci.ContentRegistry;
import oci.ContentSource;
import oci.ContentTarget;
import oci.auth.Authorizer;
import oci.auth.Greeting;
import oci.http.Attempts;
import oci.http.Endpoint;
import oci.http.HttpCaller;
import oci.http.RemoteRepository;
import oci.http.Wire;
import oci.limits.HostLimits;
import oci.listing.CatalogList;
import oci.listing.RegistryCheck;
import oci.message.Challenge;
import oci.model.RegistryAccess;
import oci.model.StopSignal;
import oci.net.HttpSettings;
import oci.net.UnusableSetting;

/**
 * A registry that speaks the OCI distribution specification over HTTP. Safe for many
 * threads and for long: it keeps connections and tokens.
 */
public final class RemoteRegistry implements ContentRegistry, AutoCloseable {

    /**
     * A connection takes up to 64 KiB with TLS, and a host that is copied from fast gets
     * hundreds of them.
     */
    static final Duration IDLE = Duration.ofSeconds(60);

    private final HttpCaller caller;

    private final Endpoint endpoint;

    private final Differences differences;

    private final MissingRepository missing;

    private RemoteRegistry(HttpCaller caller, Endpoint endpoint, Function<JsonApi, Differences> differences) {
        this.caller = caller;
        this.endpoint = endpoint;
        this.differences = differences.apply(JsonApi.of(caller, endpoint));
        this.missing = new MissingRepository(this.differences.creation());
    }

    /**
     * Opens a connection, without any I/O.
     * @throws UnusableSetting where the CA certificate or a proxy of the environment
     * cannot be used
     */
    public static RemoteRegistry connect(RegistryAccess access, HttpSettings settings, HostLimits limits) {
        return connect(access, Differences.NONE, settings, limits);
    }

    /** The same for a kind of registry that differs. */
    public static RemoteRegistry connect(RegistryAccess access, Differences differences, HttpSettings settings,
            HostLimits limits) {
        return connect(access, (_) -> differences, settings, limits);
    }

    /**
     * The same for a kind whose own host has an API besides.
     * @param differences made from that API, which is closed with the registry
     */
    public static RemoteRegistry connect(RegistryAccess access, Function<JsonApi, Differences> differences,
            HttpSettings settings, HostLimits limits) {
        Endpoint endpoint = Endpoint.of(access);
        Wire wire = new Wire(access, settings, limits);
        Attempts attempts = new Attempts(settings);
        StopSignal closing = new StopSignal();
        Authorizer authorizer = new Authorizer(endpoint, access.credentials(), wire, attempts, closing,
                Clock.systemUTC());
        return new RemoteRegistry(new HttpCaller(access, wire, attempts, authorizer, settings, limits, closing),
                endpoint, differences);
    }

    /**
     * How a registry wants to be logged in to, as it says to a stranger; empty where it
     * lets anyone in. Some vendors tell by that where their own API is.
     */
    public static List<Challenge> challenges(RegistryAccess access, HttpSettings settings, HostLimits limits,
            StopSignal stop) {
        try (Wire wire = new Wire(access, settings, limits)) {
            return new Greeting(Endpoint.of(access), wire, new Attempts(settings)).challenges(stop);
        }
    }

    /** Returns if the registry speaks the V2 API and accepts the credential. */
    public void check() {
        new RegistryCheck(this.caller, this.endpoint).run();
    }

    /**
     * As whom the registry lets us in, as far as it has shown, in one line. To be asked
     * after a check.
     */
    public String admission() {
        return this.caller.authorization().admission();
    }

    /**
     * The repositories that it lists, as lazily as it lists them. The caller closes the
     * stream.
     */
    public Stream<String> repositories() {
        return repositories(List.of());
    }

    /**
     * Those below some namespaces, and perhaps others.
     * @param namespaces empty for all
     */
    public Stream<String> repositories(List<String> namespaces) {
        Differences.RepositoryListing own = this.differences.repositories();
        return (own != null) ? own.repositories(namespaces)
                : new CatalogList(this.caller, this.endpoint).repositories();
    }

    @Override
    public ContentSource source(String repository, StopSignal stop) {
        return new RemoteSource(RemoteRepository.readable(this.caller, this.endpoint, repository, stop),
                this.differences);
    }

    @Override
    public ContentTarget target(String repository, StopSignal stop) {
        return new RemoteTarget(RemoteRepository.writable(this.caller, this.endpoint, repository, stop),
                this.differences, this.missing);
    }

    /**
     * Closes connections that have not been used for a minute.
     * @return whether no connection is open any more
     */
    public boolean closeIdle() {
        return closeIdle(IDLE);
    }

    boolean closeIdle(Duration idle) {
        return this.caller.closeIdle(idle);
    }

    @Override
    public void close() {
        this.caller.close();
    }

}
