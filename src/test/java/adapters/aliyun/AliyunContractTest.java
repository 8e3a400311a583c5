package adapters.aliyun;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import adapters.AdapterUnderTest;
import adapters.signed.SignedContract;
import fixtures.Patience;
import fixtures.vendors.AliyunFront;
import fixtures.vendors.FrontRequest;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import org.junit.jupiter.api.io.TempDir;
import replication.registry.RegistryConnection;
import replication.registry.RegistryCredential;

/** The enterprise edition; what the personal one does otherwise has tests of its own. */
class AliyunContractTest extends SignedContract {

    private static final Map<String, String> ENVIRONMENT = new ConcurrentHashMap<>();

    @TempDir
    static Path folder = Path.of("");

    AliyunContractTest() {
        super(new AliyunFront(),
                new AliyunAdapter(Patience.SHORT, new HostLimits(LimitSizes.DEFAULTS), ENVIRONMENT::get),
                Map.of("instance", AliyunFront.INSTANCE));
    }

    @Override
    public boolean lists(FrontRequest request, String repository) {
        return request.header("x-acs-action").equals("ListRepoTag") && super.lists(request, repository);
    }

    @Override
    public void logsInByAmbience() {
        AliyunFront cloud = (AliyunFront) front();
        try {
            ENVIRONMENT.putAll(Map.of("ALIBABA_CLOUD_ROLE_ARN", "acs:ram::1:role/drayage",
                    "ALIBABA_CLOUD_OIDC_PROVIDER_ARN", "acs:ram::1:oidc-provider/ack", "ALIBABA_CLOUD_OIDC_TOKEN_FILE",
                    Files.writeString(folder.resolve("token"), AliyunFront.POD_TOKEN).toString()));
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        cloud.byRole = true;
        try (RegistryConnection connection = adapter()
            .connect(AdapterUnderTest.with(registry(), new RegistryCredential("role", Map.of(), Map.of())))) {
            connection.check();
        }
        finally {
            cloud.byRole = false;
        }
    }

}
