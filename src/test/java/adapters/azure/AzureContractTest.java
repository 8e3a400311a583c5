package adapters.azure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import adapters.AdapterContract;
import adapters.AdapterUnderTest;
import fixtures.Images;
import fixtures.Patience;
import fixtures.TestAuthority;
import fixtures.vendors.AzureFront;
import fixtures.vendors.TlsFront;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.Secret;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import replication.bandwidth.Bandwidth;
import replication.registry.Adapters;
import replication.registry.Registry;
import replication.registry.RegistryAdapter;
import replication.registry.RegistryConnection;
import replication.registry.RegistryCredential;
import replication.registry.UrlForm;

import static org.assertj.core.api.Assertions.assertThat;

class AzureContractTest extends AdapterContract {

    private final AzureFront cloud = new AzureFront();

    private final TestAuthority authority = TestAuthority.create();

    private final TlsFront entra = new TlsFront(this.authority, this.cloud.url());

    private final Path folder;

    AzureContractTest(@TempDir Path folder) {
        this.folder = folder;
        this.cloud.full = 40;
    }

    @AfterAll
    void closeEntra() {
        this.entra.close();
    }

    @Override
    public RegistryAdapter adapter() {
        return adapter(Map.of());
    }

    private RegistryAdapter adapter(Map<String, String> environment) {
        Map<String, String> whole = new HashMap<>(environment);
        whole.put("AZURE_AUTHORITY_HOST", this.entra.url() + "/");
        AzureAdapter adapter = new AzureAdapter(Patience.SHORT, new HostLimits(LimitSizes.DEFAULTS), whole);
        return new Adapters(List.of(adapter), Map.of("azure-acr", List.of(new UrlForm("http://127.0.0.1:{port}"))))
            .of("azure-acr");
    }

    @Override
    public AzureFront front() {
        return this.cloud;
    }

    @Override
    public Registry registry() {
        RegistryCredential credential = new RegistryCredential("client_secret",
                Map.of("tenant", AzureFront.TENANT, "client_id", AzureFront.CLIENT),
                Map.of("client_secret", new Secret(AzureFront.SECRET)));
        return new Registry(1, "azure", "", "azure-acr", URI.create(this.cloud.url()), false, credential, Map.of(),
                this.authority.pem(), null, 0, Bandwidth.UNLIMITED, null);
    }

    @Override
    public int fullPage() {
        return this.cloud.full;
    }

    /** Ends the refresh token as well as what the registry gave for it. */
    @Override
    public void endCredentials() {
        this.cloud.refresh.endAll();
        this.cloud.tokens.endAll();
    }

    @Override
    public int fetches() {
        return this.cloud.refresh.issued();
    }

    @Override
    public boolean login(String request) {
        return super.login(request) || request.contains("/oauth2/");
    }

    @Override
    public void logsInByAmbience() {
        String repository = unused("ambient");
        push(repository, "v1", Images.image(1, 10));
        try {
            Path subject = Files.writeString(this.folder.resolve("token"), AzureFront.SUBJECT + "\n");
            Registry registry = AdapterUnderTest.with(registry(), new RegistryCredential("azure", Map.of(), Map.of()));
            try (RegistryConnection connection = adapter(Map.of("AZURE_FEDERATED_TOKEN_FILE", subject.toString(),
                    "AZURE_TENANT_ID", AzureFront.TENANT, "AZURE_CLIENT_ID", AzureFront.CLIENT))
                .connect(registry)) {
                assertThat(AdapterUnderTest.artifacts(connection, repository)).hasSize(1);
            }
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

}
