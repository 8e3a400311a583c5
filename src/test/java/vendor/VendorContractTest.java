package vendor;

import java.net.URI;
import java.util.Map;

import adapters.AdapterContract;
import fixtures.Patience;
import fixtures.vendors.VendorFront;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.Secret;
import replication.bandwidth.Bandwidth;
import replication.registry.Registry;
import replication.registry.RegistryAdapter;
import replication.registry.RegistryCredential;

/** The example keeps to the contract. */
class VendorContractTest extends AdapterContract {

    private final VendorCloud cloud = new VendorCloud(100, false);

    private final VendorAdapter adapter = new VendorAdapter(Patience.SHORT, new HostLimits(LimitSizes.DEFAULTS));

    @Override
    public RegistryAdapter adapter() {
        return this.adapter;
    }

    @Override
    public VendorFront front() {
        return this.cloud;
    }

    @Override
    public Registry registry() {
        RegistryCredential key = new RegistryCredential("key", Map.of("key_id", "k1"),
                Map.of("key_secret", new Secret(VendorCloud.SECRET)));
        return new Registry(1, "vendor", "", "vendor", URI.create(this.cloud.url()), false, key,
                Map.of("api", this.cloud.apiUrl() + "/v1"), null, null, 0, Bandwidth.UNLIMITED, null);
    }

    @Override
    protected boolean published() {
        return false;
    }

}
