package adapters.gitea;

import java.net.URI;
import java.util.Map;

import adapters.AdapterContract;
import fixtures.Patience;
import fixtures.vendors.GiteaFront;
import fixtures.vendors.VendorFront;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.Secret;
import replication.bandwidth.Bandwidth;
import replication.registry.Registry;
import replication.registry.RegistryAdapter;
import replication.registry.RegistryCredential;

class GiteaContractTest extends AdapterContract {

    private final GiteaFront front = new GiteaFront();

    private final GiteaAdapter adapter = new GiteaAdapter(Patience.SHORT, new HostLimits(LimitSizes.DEFAULTS));

    @Override
    public RegistryAdapter adapter() {
        return this.adapter;
    }

    @Override
    public VendorFront front() {
        return this.front;
    }

    @Override
    public Registry registry() {
        return new Registry(1, "gitea", "", "gitea", URI.create(this.front.url()), false,
                RegistryCredential.basic(GiteaFront.USER, new Secret(GiteaFront.SECRET)), Map.of(), null, null, 0,
                Bandwidth.UNLIMITED, null);
    }

    @Override
    public String missing() {
        return "nobody/app";
    }

    @Override
    public String verifiedAgainst() {
        return "real server: Gitea 1.26.0; fake";
    }

}
