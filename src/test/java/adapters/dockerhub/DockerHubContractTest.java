package adapters.dockerhub;

import java.net.URI;
import java.util.List;
import java.util.Map;

import adapters.AdapterContract;
import fixtures.Patience;
import fixtures.vendors.DockerHubFront;
import fixtures.vendors.VendorFront;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.Secret;
import replication.bandwidth.Bandwidth;
import replication.registry.Adapters;
import replication.registry.Registry;
import replication.registry.RegistryAdapter;
import replication.registry.RegistryCredential;
import replication.registry.UrlForm;

class DockerHubContractTest extends AdapterContract {

    private final DockerHubFront hub = new DockerHubFront();

    private final Adapters adapters = new Adapters(
            List.of(new DockerHubAdapter(Patience.SHORT, new HostLimits(LimitSizes.DEFAULTS))),
            Map.of("dockerhub", List.of(new UrlForm("http://127.0.0.1:{port}"))));

    @Override
    public RegistryAdapter adapter() {
        return this.adapters.of("dockerhub");
    }

    @Override
    public VendorFront front() {
        return this.hub;
    }

    /** The API, which creates, has tokens of its own: without it, a test needs one. */
    @Override
    public Registry registry() {
        return new Registry(1, "hub", "", "dockerhub", URI.create(this.hub.url()), false,
                RegistryCredential.basic(DockerHubFront.USER, new Secret(DockerHubFront.SECRET)),
                Map.of("api", this.hub.apiUrl(), "visibility", "keep"), null, null, 0, Bandwidth.UNLIMITED, null);
    }

    @Override
    public String namespace() {
        return DockerHubFront.USER;
    }

    /**
     * Reading and writing have tokens of their own: a first one to write is none more.
     */
    @Override
    public int fetches() {
        return this.hub.tokens.issued() - this.hub.firstToPush.size();
    }

    @Override
    public String missing() {
        return unused("new");
    }

}
