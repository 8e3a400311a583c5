package adapters;

import fixtures.MemoryRegistry;
import oci.ContentRegistry;

/** The registry that tests use in the place of others keeps to the contract, too. */
class MemoryRegistryTest extends RegistryAdapterContract {

    @Override
    protected ContentRegistry emptyRegistry() {
        return new MemoryRegistry();
    }

}
