package adapters;

import fixtures.MemoryRegistry;
import replication.registry.RegistryConnection;

/** The registry that tests use in the place of others keeps to the contract, too. */
class MemoryRegistryTest extends RegistryAdapterContract {

    @Override
    protected RegistryConnection emptyRegistry() {
        return new MemoryRegistry();
    }

}
