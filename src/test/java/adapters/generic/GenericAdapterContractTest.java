package adapters.generic;

import java.net.URI;

import adapters.AdapterContract;
import fixtures.Patience;
import fixtures.Registered;
import fixtures.vendors.VendorFront;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import replication.registry.Registry;
import replication.registry.RegistryAdapter;

/** Any registry with a token service. */
class GenericAdapterContractTest extends AdapterContract {

    private final PlainCloud cloud = new PlainCloud();

    private final GenericAdapter adapter = new GenericAdapter(Patience.SHORT, new HostLimits(LimitSizes.DEFAULTS));

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
        return Registered.at(URI.create(this.cloud.url())).basic(PlainCloud.USER, PlainCloud.PASSWORD).build();
    }

    @Override
    public String verifiedAgainst() {
        return "real server: distribution 2.8";
    }

}
