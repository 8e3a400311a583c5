package adapters.aliyun;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

import adapters.generic.Choices;
import adapters.generic.GenericAdapter;
import adapters.generic.GenericRegistry;
import adapters.signed.AccessKey;
import adapters.signed.AccessKeys;
import adapters.signed.ApiPlace;
import adapters.signed.MadeOnce;
import adapters.signed.SignedRequests;
import oci.limits.HostLimits;
import oci.model.Rates;
import oci.model.RegistryAccess;
import oci.net.HttpSettings;
import oci.remote.Differences;
import oci.remote.JsonApi;
import oci.remote.RemoteRegistry;
import org.jspecify.annotations.Nullable;
import replication.registry.Ability;
import replication.registry.AdapterInfo;
import replication.registry.CredentialKind;
import replication.registry.NameRules;
import replication.registry.Registry;
import replication.registry.RegistryAdapter;
import replication.registry.RegistryConnection;
import replication.registry.Setting;

/**
 * Alibaba Cloud Container Registry: signed by an account's key or a role's, with logins
 * of an hour for the registry itself. The host's name tells the edition.
 */
public final class AliyunAdapter implements RegistryAdapter {

    private static final String CLOUD = ".aliyuncs.com";

    private static final String ENTERPRISE = ".cr" + CLOUD;

    private static final Setting INSTANCE = Setting
        .text("instance",
                "the id of an instance of the enterprise edition, such as cri-abcd1234; found by the host's "
                        + "name where it is not given")
        .optional();

    private static final Setting API = Setting
        .url("api", "where Alibaba's API is, for another entrance than https://cr.{region}.aliyuncs.com",
                List.of("https://cr.{region}" + CLOUD, "https://cr-vpc.{region}" + CLOUD))
        .optional();

    private static final CredentialKind ROLE = CredentialKind.ambient("role",
            "The RAM role of the pod that Drayage runs in (RRSA)");

    /** Harbor's; Alibaba publishes none for these actions. */
    private static final Rates RATES = Rates.NONE.with(Rates.Kind.LIST, 15);

    private static final AdapterInfo INFO = AdapterInfo
        .ofImages("aliyun-acr", "Alibaba Cloud ACR",
                "Alibaba Cloud Container Registry, personal and enterprise edition")
        .withUrls("https://{name}-registry.{region}" + ENTERPRISE, "https://{name}-registry-vpc.{region}" + ENTERPRISE,
                "https://registry.{region}" + CLOUD, "https://registry-vpc.{region}" + CLOUD,
                "https://registry-internal.{region}" + CLOUD)
        .withTriggers("manual", "scheduled")
        .withCredentials(AccessKey.KIND, ROLE)
        .withSettings(INSTANCE, API, Choices.CREATE, Choices.VISIBILITY)
        .withRates(RATES)
        .withNames(new NameRules(2, 2, 255))
        .withAbilities(Ability.LIST, Ability.DIGEST_LIST, Ability.CREATE, Ability.DELETE_TAG, Ability.AMBIENT_LOGIN);

    private final HttpSettings http;

    private final HostLimits limits;

    private final Function<String, @Nullable String> environment;

    /**
     * An adapter.
     * @param environment the variables of this process, where a pod's role is
     */
    public AliyunAdapter(HttpSettings http, HostLimits limits, Function<String, @Nullable String> environment) {
        this.http = http;
        this.limits = limits;
        this.environment = environment;
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
        String host = ApiPlace.host(registry);
        Optional<String> region = Optional.of(host).filter((name) -> name.endsWith(CLOUD)).map(AliyunAdapter::region);
        String network = host.contains("-vpc.") ? "-vpc" : "";
        URI place = ApiPlace.of(registry, API, region.map((name) -> "https://cr" + network + "." + name + CLOUD));
        RegistryAccess there = ApiPlace.access(registry, place, Rates.Kind.LIST);
        JsonApi sts = JsonApi.at(there.at(sts(place), there.credentials()), this.http, this.limits);
        AccessKey saved = AccessKey.of(registry.credential());
        AccessKeys keys = registry.credential().type().equals(ROLE.type())
                ? new RoleKeys(sts, this.environment, Clock.systemUTC()) : (_) -> saved;
        JsonApi json = JsonApi.at(there, SignedRequests.alibaba(keys), this.http, this.limits);
        String instance = INSTANCE.text(registry);
        AcrApi api = (host.endsWith(ENTERPRISE) || !instance.isEmpty())
                ? new EnterpriseApi(json, instance, instanceOf(host)) : new PersonalApi(json);
        String type = Choices.VISIBILITY.text(registry).equals("public") ? "PUBLIC" : "PRIVATE";
        Differences differences = new Differences(Differences.RepositoryListing.within(api::repositories),
                api::artifacts,
                Choices.creates(registry)
                        ? MadeOnce.afterRefusal((repository, stop) -> api.create(repository, type, stop)) : null,
                api::delete);
        return new GenericRegistry(
                RemoteRegistry.connect(registry.access((_) -> api.login()), differences, this.http, this.limits), sts,
                json);
    }

    /** The second label of a host's name. */
    private static String region(String host) {
        String rest = host.substring(host.indexOf('.') + 1);
        return rest.substring(0, rest.indexOf('.'));
    }

    /**
     * The STS is beside the API, also in a VPC, or at the host that the operator added.
     */
    private static URI sts(URI api) {
        String host = String.valueOf(api.getHost()).toLowerCase(Locale.ROOT);
        return (host.startsWith("cr") && host.endsWith(CLOUD)) ? URI.create("https://sts" + host.substring(2)) : api;
    }

    private static String instanceOf(String host) {
        int end = host.indexOf("-registry");
        return host.substring(0, Math.max(end, 0));
    }

}
