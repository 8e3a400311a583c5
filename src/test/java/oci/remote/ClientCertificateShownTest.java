package oci.remote;

import java.net.URI;

import fixtures.BareServer;
import fixtures.ForwardProxy;
import fixtures.MutualTlsServer;
import fixtures.Patience;
import fixtures.TestAuthority;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.ClientCertificate;
import oci.model.Credential;
import oci.model.CredentialSource;
import oci.model.Rates;
import oci.model.RegistryAccess;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** To whom a client certificate is shown. */
class ClientCertificateShownTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create();

    private final HostLimits limits = new HostLimits(LimitSizes.DEFAULTS);

    @Test
    void a_registry_that_demands_one_lets_in_by_it_and_connections_are_used_again() {
        try (MutualTlsServer server = MutualTlsServer.demanding(AUTHORITY, (_) -> "");
                RemoteRegistry registry = connect(access(server.url(), AUTHORITY.client("sync"), null))) {
            registry.check();
            for (int i = 0; i < 5; i++) {
                assertThat(registry.source("lib/app", new StopSignal()).tags()).containsExactly("v1");
            }
            assertThat(server.clients()).hasSizeGreaterThan(5).containsOnly("CN=sync");
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void it_goes_through_a_proxy_as_well() {
        try (MutualTlsServer server = MutualTlsServer.demanding(AUTHORITY, (_) -> "");
                ForwardProxy proxy = ForwardProxy.open();
                RemoteRegistry registry = connect(
                        access(server.url(), AUTHORITY.client("sync"), URI.create("http://" + proxy.host())))) {
            registry.check();
            assertThat(server.clients()).containsOnly("CN=sync");
            assertThat(proxy.passed()).hasSize(1);
        }
    }

    @Test
    void another_host_that_the_registry_leads_to_does_not_see_it() {
        try (MutualTlsServer other = MutualTlsServer.asking(AUTHORITY);
                MutualTlsServer server = MutualTlsServer.demanding(AUTHORITY,
                        (path) -> path.endsWith("/tags/list") ? other.url() + path : "");
                RemoteRegistry registry = connect(access(server.url(), AUTHORITY.client("sync"), null))) {
            assertThat(registry.source("lib/app", new StopSignal()).tags()).containsExactly("v1");
            assertThat(server.clients()).containsOnly("CN=sync");
            assertThat(other.clients()).containsExactly("nobody");
        }
    }

    @Test
    void a_vendors_api_that_the_adapter_names_sees_it() {
        try (MutualTlsServer api = MutualTlsServer.demanding(AUTHORITY, (_) -> "");
                JsonApi connected = JsonApi
                    .at(access(URI.create("https://registry.example"), AUTHORITY.client("sync"), null).at(api.url(),
                            CredentialSource.of(new Credential.None())), Patience.SHORT, this.limits)) {
            connected.get("/x", new StopSignal());
            assertThat(api.clients()).containsExactly("CN=sync");
        }
    }

    @Test
    void a_registry_that_demands_one_and_gets_none_or_a_strangers_says_what_is_missing() {
        ClientCertificate strange = TestAuthority.create().client("strange");
        try (BareServer server = BareServer.tls(AUTHORITY.serverContext(), true, (_) -> BareServer.answer(200, "{}"));
                RemoteRegistry without = connect(access(server.url(), null, null));
                RemoteRegistry stranger = connect(access(server.url(), strange, null))) {
            for (RemoteRegistry registry : new RemoteRegistry[] { without, stranger }) {
                assertThatExceptionOfType(RegistryFailure.Permanent.class).isThrownBy(registry::check)
                    .satisfies((failure) -> assertThat(failure.reason().hint()).contains("client_certificate"));
            }
        }
    }

    private RemoteRegistry connect(RegistryAccess access) {
        return RemoteRegistry.connect(access, Patience.SHORT, this.limits);
    }

    private static RegistryAccess access(URI url, @Nullable ClientCertificate certificate, @Nullable URI proxy) {
        return new RegistryAccess(1, url, "", CredentialSource.of(new Credential.None()), false, AUTHORITY.pem(),
                certificate, proxy, null, Rates.NONE);
    }

}
