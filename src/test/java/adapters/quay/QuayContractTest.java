package adapters.quay;

import java.net.URI;
import java.util.List;
import java.util.Map;

import adapters.AdapterContract;
import adapters.AdapterUnderTest;
import fixtures.Images;
import fixtures.Patience;
import fixtures.vendors.QuayFront;
import fixtures.vendors.VendorFront;
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

class QuayContractTest extends AdapterContract {

    private final QuayFront quay = new QuayFront();

    private final QuayAdapter adapter = new QuayAdapter(Patience.SHORT, new HostLimits(LimitSizes.DEFAULTS));

    @Override
    public RegistryAdapter adapter() {
        return this.adapter;
    }

    @Override
    public VendorFront front() {
        return this.quay;
    }

    @Override
    public Registry registry() {
        return new Registry(1, "quay", "", "quay", URI.create(this.quay.url()), false,
                new RegistryCredential("basic", Map.of("access_key", QuayFront.ROBOT), Map.of("access_secret",
                        new Secret(QuayFront.SECRET), "api_token", new Secret(QuayFront.API_TOKEN))),
                Map.of(), null, null, 0, Bandwidth.UNLIMITED, null);
    }

    @Override
    public String namespace() {
        return "acme";
    }

    @Override
    public boolean login(String request) {
        return request.contains("/v2/auth") || request.endsWith(" /v2/");
    }

    /**
     * Reading and writing have tokens of their own: a first one to write is none more.
     */
    @Override
    public int fetches() {
        return this.quay.tokens.issued() - this.quay.firstToPush.size();
    }

    /** The token of an application is sent as it is and does not end. */
    @Override
    @Test
    public void one_that_ends_in_the_middle_of_a_list_is_renewed_once() {
        String repository = unused("listed");
        List<String> tags = push(repository, fullPage() + 1, Images.image(21, 10));
        endCredentials();
        int before = fetches();
        try (RegistryConnection connection = connect()) {
            assertThat(AdapterUnderTest.artifacts(connection, repository)).hasSameSizeAs(tags);
        }
        assertThat(fetches()).isEqualTo(before);
    }

}
