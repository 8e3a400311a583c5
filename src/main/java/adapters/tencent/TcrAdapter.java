package adapters.tencent;

import java.net.URI;
import java.util.List;
import java.util.Optional;

import adapters.generic.Choices;
import adapters.generic.GenericAdapter;
import adapters.generic.GenericRegistry;
import adapters.signed.AccessKey;
import adapters.signed.ApiPlace;
import adapters.signed.MadeOnce;
import adapters.signed.SignedRequests;
import oci.http.RequestSigner;
import oci.limits.HostLimits;
import oci.model.Rates;
import oci.net.HttpSettings;
import oci.remote.Differences;
import oci.remote.JsonApi;
import oci.remote.RemoteRegistry;
import replication.registry.Ability;
import replication.registry.AdapterInfo;
import replication.registry.NameRules;
import replication.registry.Registry;
import replication.registry.RegistryAdapter;
import replication.registry.RegistryConnection;
import replication.registry.Setting;

/**
 * Tencent Container Registry, enterprise edition: signed by an account's key, with logins
 * of an hour for the registry itself.
 */
public final class TcrAdapter implements RegistryAdapter {

    private static final String DOMAIN = ".tencentcloudcr.com";

    private static final Setting INSTANCE = Setting
        .text("instance", "the instance's id, such as tcr-abcd1234; found by the domain where it is not given")
        .optional();

    private static final Setting REGION = Setting
        .text("region", "the instance's region, such as ap-guangzhou; found with the instance where it is not given")
        .optional();

    private static final Setting API = Setting
        .url("api", "where Tencent's API is, for another entrance than https://tcr.tencentcloudapi.com",
                List.of("https://tcr.tencentcloudapi.com", "https://tcr.{region}.tencentcloudapi.com"))
        .optional();

    /** Those of each action that reads, and of each that writes. */
    private static final Rates RATES = Rates.NONE.with(Rates.Kind.LIST, 100).with(Rates.Kind.DELETE, 20);

    private static final AdapterInfo INFO = AdapterInfo
        .ofImages("tencent-tcr", "Tencent TCR", "Tencent Container Registry, enterprise edition")
        .withUrls("https://{name}" + DOMAIN)
        .withTriggers("manual", "scheduled")
        .withCredentials(AccessKey.KIND)
        .withSettings(INSTANCE, REGION, API, Choices.CREATE, Choices.VISIBILITY)
        .withRates(RATES)
        .withNames(new NameRules(2, 2, 255))
        .withAbilities(Ability.LIST, Ability.DIGEST_LIST, Ability.CREATE, Ability.DELETE_TAG);

    private final HttpSettings http;

    private final HostLimits limits;

    public TcrAdapter(HttpSettings http, HostLimits limits) {
        this.http = http;
        this.limits = limits;
    }

    @Override
    public AdapterInfo info() {
        return INFO;
    }

    @Override
    public RegistryConnection connect(Registry registry) {
        return GenericAdapter.overHttp(registry, () -> open(registry));
    }

    private GenericRegistry open(Registry registry) {
        AccessKey key = AccessKey.of(registry.credential());
        RequestSigner signer = SignedRequests.tencent("tcr", (_) -> key);
        String host = ApiPlace.host(registry);
        URI place = ApiPlace.of(registry, API,
                Optional.of("https://tcr.tencentcloudapi.com").filter((_) -> host.endsWith(DOMAIN)));
        JsonApi reads = JsonApi.at(ApiPlace.access(registry, place, Rates.Kind.LIST), signer, this.http, this.limits);
        JsonApi writes = JsonApi.at(ApiPlace.access(registry, place, Rates.Kind.DELETE), signer, this.http,
                this.limits);
        TcrApi api = new TcrApi(reads, writes, host,
                new TcrApi.Instance(INSTANCE.text(registry), REGION.text(registry)));
        boolean open = Choices.VISIBILITY.text(registry).equals("public");
        Differences differences = new Differences(Differences.RepositoryListing.within(api::repositories),
                api::artifacts,
                Choices.creates(registry)
                        ? MadeOnce.afterRefusal((repository, stop) -> api.create(repository, open, stop)) : null,
                (repository, tag, _, stop) -> api.delete(repository, tag, stop));
        return new GenericRegistry(
                RemoteRegistry.connect(registry.access((_) -> api.login()), differences, this.http, this.limits), reads,
                writes);
    }

}
