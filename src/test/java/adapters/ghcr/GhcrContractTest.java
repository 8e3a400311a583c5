package adapters.ghcr;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import adapters.AdapterContract;
import fixtures.Images;
import fixtures.Patience;
import fixtures.vendors.GithubFront;
import fixtures.vendors.VendorFront;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.RegistryFailure;
import oci.model.Secret;
import org.junit.jupiter.api.Test;
import replication.bandwidth.Bandwidth;
import replication.registry.Adapters;
import replication.registry.Registry;
import replication.registry.RegistryAdapter;
import replication.registry.RegistryConnection;
import replication.registry.RegistryCredential;
import replication.registry.RepositoryQuery;
import replication.registry.UrlForm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class GhcrContractTest extends AdapterContract {

    private final GithubFront github = new GithubFront();

    private final Adapters adapters = new Adapters(
            List.of(new GhcrAdapter(Patience.SHORT, new HostLimits(LimitSizes.DEFAULTS))),
            Map.of("ghcr", List.of(new UrlForm("http://127.0.0.1:{port}"))));

    @Override
    public RegistryAdapter adapter() {
        return this.adapters.of("ghcr");
    }

    @Override
    public VendorFront front() {
        return this.github;
    }

    @Override
    public Registry registry() {
        return registry(RegistryCredential.basic(GithubFront.USER, new Secret(GithubFront.TOKEN)));
    }

    private Registry registry(RegistryCredential credential) {
        return new Registry(1, "ghcr", "", "ghcr", URI.create(this.github.url()), false, credential,
                Map.of("api", this.github.apiUrl()), null, null, 0, Bandwidth.UNLIMITED, null);
    }

    @Override
    public String namespace() {
        return GithubFront.USER;
    }

    @Test
    void lists_the_packages_of_organizations_and_users_by_pages() {
        this.github.organizations.add("acme");
        this.github.pageCap = 2;
        for (String name : List.of("acme/app", "acme/tools/lint", "acme/web", "someone/own")) {
            this.github.push(name, "v1", Images.image(1, 10));
        }
        try (RegistryConnection connection = connect()) {
            assertThat(within(connection, "acme")).containsExactlyInAnyOrder("acme/app", "acme/tools/lint", "acme/web");
            assertThat(within(connection, "acme/tools")).containsExactly("acme/tools/lint");
            assertThat(within(connection, "someone")).containsExactly("someone/own");
            assertThat(within(connection, "nobody")).isEmpty();
        }
        finally {
            this.github.pageCap = 100;
        }
    }

    @Test
    void a_stranger_is_told_to_name_repositories_and_nothing_is_sent() {
        long before = this.github.apiLog.size();
        try (RegistryConnection connection = adapter().connect(registry(RegistryCredential.NONE))) {
            assertThatExceptionOfType(RegistryFailure.Permanent.class).isThrownBy(() -> within(connection, "acme"))
                .satisfies((failure) -> assertThat(failure.reason().hint()).contains("name the repositories"));
        }
        assertThat(this.github.apiLog).hasSize((int) before);
    }

    @Test
    void an_hour_without_requests_is_waited_for_and_is_no_lack_of_rights() {
        this.github.spent = true;
        RegistryAdapter fresh = new GhcrAdapter(Patience.SHORT, new HostLimits(LimitSizes.DEFAULTS));
        try (RegistryConnection connection = fresh.connect(registry())) {
            assertThatExceptionOfType(RegistryFailure.RateLimited.class).isThrownBy(() -> within(connection, "acme"))
                .satisfies((failure) -> assertThat(failure.retryAfter().toMinutes()).isBetween(28L, 30L));
        }
        finally {
            this.github.spent = false;
        }
    }

    private static List<String> within(RegistryConnection connection, String namespace) {
        try (Stream<String> names = connection.repositories(new RepositoryQuery.Catalog(List.of(namespace)))) {
            return names.toList();
        }
    }

}
