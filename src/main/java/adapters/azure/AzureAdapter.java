package adapters.azure;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

import adapters.generic.GenericAdapter;
import adapters.generic.GenericRegistry;
import oci.http.SdkHttp;
import oci.limits.HostLimits;
import oci.model.Credential;
import oci.model.CredentialSource;
import oci.model.Rates;
import oci.model.RegistryAccess;
import oci.model.WebUrl;
import oci.net.HttpSettings;
import oci.remote.Differences;
import oci.remote.JsonApi;
import oci.remote.RemoteRegistry;
import replication.registry.Ability;
import replication.registry.AdapterInfo;
import replication.registry.CredentialKind;
import replication.registry.EventSetup;
import replication.registry.Registry;
import replication.registry.RegistryAdapter;
import replication.registry.RegistryCredential;
import replication.registry.Setting;

/**
 * Azure Container Registry. A login is the registry's own refresh token, which it gives
 * for a token of Microsoft Entra, or the password of its admin user or of a token of its
 * own.
 */
public final class AzureAdapter implements RegistryAdapter {

    private static final CredentialKind SECRET = new CredentialKind("client_secret", "Service principal, by secret",
            Application.TENANT, Application.CLIENT, Setting.secret("client_secret", "the secret's value"));

    private static final CredentialKind CERTIFICATE = new CredentialKind("certificate",
            "Service principal, by certificate", Application.TENANT, Application.CLIENT,
            Setting.secret("certificate", "PEM with the private key (PKCS #8) and the certificate"));

    private static final CredentialKind AMBIENT = CredentialKind.ambient("azure",
            "Where Drayage runs: workload identity, managed identity", Application.CLIENT.optional());

    /**
     * Of the 5,000 reads, 1,000 writes and 500 deletions a minute that an identity has in
     * the tiers Basic and Standard; a put of a manifest is a write.
     */
    private static final Rates RATES = Rates.NONE.with(Rates.Kind.READ, 83)
        .with(Rates.Kind.LIST, 83)
        .with(Rates.Kind.WRITE, 16)
        .with(Rates.Kind.MANIFEST_PUT, 16)
        .with(Rates.Kind.DELETE, 8);

    private static final AdapterInfo INFO = AdapterInfo
        .ofImages("azure-acr", "Azure Container Registry", "Azure Container Registry in all of Azure's clouds")
        .withUrls("https://{registry}.azurecr.io", "https://{registry}.azurecr.cn", "https://{registry}.azurecr.us")
        .withCredentials(CredentialKind.BASIC, SECRET, CERTIFICATE, AMBIENT, CredentialKind.NONE)
        .withRates(RATES)
        .withAbilities(Ability.LIST, Ability.DIGEST_LIST, Ability.DELETE_TAG, Ability.EVENTS, Ability.AMBIENT_LOGIN);

    private static final EventSetup EVENTS = EventSetup.provenByHeader("acr", "Authorization",
            "In the registry, open Webhooks and create one with the service URI {url}, the custom header "
                    + "Authorization with {secret} as its value, the actions push and delete, and an empty scope (az "
                    + "acr webhook create --registry … --name drayage --uri {url} --actions push delete --headers "
                    + "Authorization=…).");

    private final HttpSettings http;

    private final HostLimits limits;

    private final Map<String, String> environment;

    /**
     * An adapter for registries of any subscription.
     * @param limits shared by all adapters of the process
     * @param environment the operator's variables
     */
    public AzureAdapter(HttpSettings http, HostLimits limits, Map<String, String> environment) {
        this.http = http;
        this.limits = limits;
        this.environment = Map.copyOf(environment);
    }

    @Override
    public AdapterInfo info() {
        return INFO;
    }

    @Override
    public EventSetup events() {
        return EVENTS;
    }

    @Override
    public GenericRegistry connect(Registry registry) {
        return GenericAdapter.overHttp(registry, () -> {
            RegistryCredential given = registry.credential();
            AzureCloud cloud = AzureCloud.of(registry, this.environment);
            return switch (given.type()) {
                case "client_secret" -> {
                    Application application = Application.of(given);
                    yield signedIn(registry, application.tenant(), cloud::isAt,
                            (sdk) -> EntraLogin.bySecret(cloud, application, given.secret("client_secret"), sdk));
                }
                case "certificate" -> {
                    Application application = Application.of(given);
                    PemCertificate certificate = PemCertificate.of(given.secret("certificate"),
                            "credential.certificate");
                    yield signedIn(registry, application.tenant(), cloud::isAt,
                            (sdk) -> EntraLogin.byCertificate(cloud, application, certificate, sdk));
                }
                case "azure" -> ambient(registry, cloud.of(this.environment));
                default -> new GenericRegistry(remote(registry, GenericAdapter.source(given)));
            };
        });
    }

    /** A workload's identity, where the cluster gives one, else the machine's. */
    private GenericRegistry ambient(Registry registry, AzureCloud cloud) {
        RegistryCredential given = registry.credential();
        String named = given.value(Application.CLIENT.key()).isEmpty() ? ""
                : Application.name(given, Application.CLIENT.key());
        String file = this.environment.getOrDefault("AZURE_FEDERATED_TOKEN_FILE", "");
        if (file.isEmpty()) {
            // Where the machine's identity is asked for is the operator's to say.
            return signedIn(registry, "", (_) -> true, (sdk) -> EntraLogin.byMachine(cloud, named, sdk));
        }
        Application application = new Application(this.environment.getOrDefault("AZURE_TENANT_ID", ""),
                named.isEmpty() ? this.environment.getOrDefault("AZURE_CLIENT_ID", "") : named);
        return signedIn(registry, application.tenant(), cloud::isAt,
                (sdk) -> EntraLogin.byFile(cloud, application, Path.of(file), sdk));
    }

    private GenericRegistry signedIn(Registry registry, String tenant, Predicate<WebUrl> allowed,
            Function<SdkHttp, Supplier<String>> entra) {
        CredentialSource none = CredentialSource.of(new Credential.None());
        RegistryAccess stranger = registry.access(none);
        SdkHttp sdk = new SdkHttp(stranger, allowed, this.http, this.limits);
        JsonApi api = JsonApi.at(stranger, this.http, this.limits);
        String service = WebUrl.of(registry.url()).authority();
        return new GenericRegistry(remote(registry, new AcrLogin(api, service, tenant, entra.apply(sdk))), sdk, api);
    }

    private RemoteRegistry remote(Registry registry, CredentialSource source) {
        return RemoteRegistry.connect(registry.access(source), AzureAdapter::differences, this.http, this.limits);
    }

    private static Differences differences(JsonApi api) {
        AcrContent content = new AcrContent(api);
        return new Differences(content::repositories, content::artifacts, null, content::delete);
    }

}
