package adapters.gitlab;

import java.net.URI;
import java.util.Map;

import adapters.AdapterContract;
import fixtures.Patience;
import fixtures.vendors.GitLabFront;
import fixtures.vendors.VendorFront;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.Secret;
import replication.bandwidth.Bandwidth;
import replication.registry.Registry;
import replication.registry.RegistryAdapter;
import replication.registry.RegistryCredential;

class GitLabContractTest extends AdapterContract {

    private final GitLabFront gitlab = new GitLabFront();

    private final GitLabAdapter adapter = new GitLabAdapter(Patience.SHORT, new HostLimits(LimitSizes.DEFAULTS));

    GitLabContractTest() {
        this.gitlab.projects.add("team/project");
    }

    @Override
    public RegistryAdapter adapter() {
        return this.adapter;
    }

    @Override
    public VendorFront front() {
        return this.gitlab;
    }

    @Override
    public Registry registry() {
        return new Registry(1, "gitlab", "", "gitlab", URI.create(this.gitlab.url()), false,
                RegistryCredential.basic(GitLabFront.USER, new Secret(GitLabFront.TOKEN)), Map.of("api", ""), null,
                null, 0, Bandwidth.UNLIMITED, null);
    }

    @Override
    public String namespace() {
        return "team/project";
    }

    @Override
    public boolean login(String request) {
        return request.contains("/jwt/auth") || request.endsWith(" /v2/");
    }

}
