package adapters.generic;

import adapters.RegistryAdapterContract;
import fixtures.RealRegistry;
import fixtures.Registered;
import replication.registry.RegistryConnection;
import oci.HostLimits;
import oci.HttpSettings;
import oci.LimitSizes;
import org.junit.jupiter.api.AfterEach;

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
