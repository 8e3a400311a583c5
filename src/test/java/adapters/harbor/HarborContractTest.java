package adapters.harbor;

import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;

import adapters.AdapterContract;
import fixtures.Image;
import fixtures.Patience;
import fixtures.vendors.HarborFront;
import fixtures.vendors.VendorFront;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.Secret;
import replication.event.RegistryWebhooks;
import replication.registry.Registry;
import replication.registry.RegistryAdapter;
import replication.registry.RegistryConnection;
import replication.registry.RegistryCredential;

import static org.assertj.core.api.Assertions.assertThat;

class HarborContractTest extends AdapterContract {

    private final HarborFront harbor = new HarborFront();

    private final HarborAdapter adapter = new HarborAdapter(Patience.SHORT, new HostLimits(LimitSizes.DEFAULTS));

    @Override
    public RegistryAdapter adapter() {
        return this.adapter;
    }

    @Override
    public VendorFront front() {
        return this.harbor;
    }

    @Override
    public Registry registry() {
        return new Registry(1, "harbor", "", "harbor", URI.create(this.harbor.url()), false,
                RegistryCredential.basic(HarborFront.ROBOT, new Secret(HarborFront.SECRET)), null, null, 0);
    }

    @Override
    public void create(String repository) {
        if (!this.harbor.has(repository)) {
            this.harbor.project(HarborApi.projectOf(repository), false);
        }
    }

    /** A page has artifacts, not tags, so that a long list has many artifacts. */
    @Override
    public List<String> push(String repository, int tags, Image image) {
        if (tags <= fullPage()) {
            return super.push(repository, tags, image);
        }
        create(repository);
        this.harbor.pushMany(repository, "v", tags);
        return IntStream.range(0, tags).mapToObj((i) -> "v" + i).toList();
    }

    @Override
    public void label(String repository, String tag, String label) {
        this.harbor.label(repository, tag, label);
    }

    @Override
    public void createsEvents() {
        create("hooked/app");
        try (RegistryConnection connection = connect()) {
            RegistryWebhooks webhooks = connection.as(RegistryWebhooks.class);
            RegistryWebhooks.Webhook webhook = new RegistryWebhooks.Webhook("drayage",
                    URI.create("https://drayage.example/api/webhooks/x"), new Secret("Bearer y"), true);
            assertThat(webhooks.find("hooked", "drayage")).isEmpty();
            webhooks.save("hooked", webhook);
            webhooks.save("hooked", webhook);
            assertThat(webhooks.find("hooked", "drayage")).hasValueSatisfying((found) -> {
                assertThat(found.address()).isEqualTo(webhook.address());
                assertThat(found.secret().reveal()).isEqualTo("Bearer y");
                assertThat(found.active()).isTrue();
            });
            assertThat(this.harbor.webhooks).hasSize(1);
        }
    }

}
