package adapters.generic;

import adapters.RegistryAdapterContract;
import fixtures.RealRegistry;
import fixtures.Registered;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.net.HttpSettings;
import org.junit.jupiter.api.AfterEach;
import replication.registry.RegistryConnection;

/** The contract against a real registry. */
@SuppressWarnings("NullAway.Init")
class GenericContractTest extends RegistryAdapterContract {

    private RealRegistry server;

    @Override
    protected RegistryConnection emptyRegistry() {
        this.server = RealRegistry.start();
        return new GenericAdapter(HttpSettings.DEFAULTS, new HostLimits(LimitSizes.DEFAULTS))
            .connect(Registered.at(this.server).build());
    }

    @AfterEach
    void stopServer() {
        this.server.close();
    }

}
