package adapters.jfrog;

import java.net.URI;
import java.util.List;
import java.util.Map;

import adapters.AdapterContract;
import adapters.AdapterUnderTest;
import fixtures.Images;
import fixtures.Patience;
import fixtures.vendors.JfrogFront;
import fixtures.vendors.VendorFront;
import oci.Artifact;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.Secret;
import org.junit.jupiter.api.Test;
import replication.bandwidth.Bandwidth;
import replication.registry.Registry;
import replication.registry.RegistryAdapter;
import replication.registry.RegistryConnection;
import replication.registry.RegistryCredential;

import static org.assertj.core.api.Assertions.assertThat;

class JfrogContractTest extends AdapterContract {

    private final JfrogFront front = new JfrogFront();

    private final JfrogAdapter adapter = new JfrogAdapter(Patience.SHORT, new HostLimits(LimitSizes.DEFAULTS), 5);

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
        return new Registry(1, "jfrog", "", "jfrog-artifactory", URI.create(this.front.url()), false,
                RegistryCredential.basic(JfrogFront.USER, new Secret(JfrogFront.SECRET)), Map.of(), null, null, 0,
                Bandwidth.UNLIMITED, null);
    }

    @Override
    public String namespace() {
        return "docker-local/team";
    }

    @Override
    public void create(String repository) {
        // A repository below a key that exists comes with its first tag.
    }

    @Override
    public String missing() {
        return "new-" + NAMES.incrementAndGet() + "/app";
    }

    @Override
    public int fullPage() {
        return 5;
    }

    // The search takes the password itself, so no token ends in a list.
    @Override
    @Test
    public void one_that_ends_in_the_middle_of_a_list_is_renewed_once() {
        String repository = unused("listed");
        List<String> tags = push(repository, fullPage() + 1, Images.image(21, 10));
        int before = fetches();
        try (RegistryConnection connection = connect()) {
            endCredentials();
            assertThat(AdapterUnderTest.artifacts(connection, repository)).extracting(Artifact::tag)
                .containsExactlyInAnyOrderElementsOf(tags);
        }
        assertThat(fetches()).isEqualTo(before);
    }

}
