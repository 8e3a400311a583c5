package cli.copy;

import java.net.URI;
import java.nio.file.Path;
import java.util.function.Function;

import adapters.generic.GenericAdapter;
import adapters.layout.LayoutAdapter;
import oci.ContentRegistry;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.net.HttpSettings;
import oci.net.ProxyEnvironment;
import org.jspecify.annotations.Nullable;
import replication.registry.Registry;
import replication.registry.RegistryConnection;
import replication.registry.RegistryCredential;

/**
 * A connected source or destination; connecting does no I/O.
 *
 * @param registry as its adapter knows it
 * @param content reads and writes its content
 */
public record Side(Place place, Registry registry, RegistryConnection connection,
        ContentRegistry content) implements AutoCloseable {

    /** The host of Docker Hub's API differs from its name. */
    private static final String HUB_API = "registry-1.docker.io";

    /**
     * Connects.
     * @param id distinguishes the two sides
     * @param logins gives the user's login
     */
    public static Side open(long id, Place place, Security security,
            Function<Place.Remote, RegistryCredential> logins) {
        return switch (place) {
            case Place.Remote remote -> {
                Registry registry = new Registry(id, remote.registry(), "", "oci", url(remote, security),
                        security.unchecked(), logins.apply(remote), security.authorities(), null, 0);
                yield of(place, registry,
                        new GenericAdapter(HttpSettings.DEFAULTS.through(ProxyEnvironment.of(System.getenv())),
                                new HostLimits(LimitSizes.DEFAULTS))
                            .connect(registry));
            }
            case Place.Layout layout -> {
                Registry registry = new Registry(id, layout.folder().toString(), "", "layout", layout.folder().toUri(),
                        false, RegistryCredential.NONE, null, null, 0);
                // A command may write wherever the system lets its user write.
                yield of(place, registry, new LayoutAdapter(Path.of("/")).connect(registry));
            }
        };
    }

    private static Side of(Place place, Registry registry, RegistryConnection connection) {
        return new Side(place, registry, connection, connection.as(ContentRegistry.class));
    }

    private static URI url(Place.Remote remote, Security security) {
        boolean plain = security.plainHttp() || (remote.local() && !security.tls());
        return URI.create((plain ? "http://" : "https://") + (remote.hub() ? HUB_API : remote.registry()));
    }

    @Override
    public void close() {
        this.connection.close();
    }

    /**
     * How a registry is connected to.
     *
     * @param plainHttp without TLS
     * @param unchecked with TLS, but without checking certificates
     * @param authorities PEM of the authorities to trust besides the system's
     */
    public record Security(boolean plainHttp, boolean unchecked, @Nullable String authorities) {

        /** Whether an option was given that makes sense with TLS only. */
        boolean tls() {
            return this.unchecked || this.authorities != null;
        }

    }

}
