package adapters.volcengine;

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
import oci.limits.HostLimits;
import oci.model.Rates;
import oci.net.HttpSettings;
import oci.remote.Differences;
import oci.remote.JsonApi;
import oci.remote.RemoteRegistry;
import replication.Refusal;
import replication.registry.Ability;
import replication.registry.AdapterInfo;
import replication.registry.NameRules;
import replication.registry.Registry;
import replication.registry.RegistryAdapter;
import replication.registry.RegistryConnection;
import replication.registry.Setting;

/**
 * Volcengine Container Registry: signed by an account's key, with logins for a time for
 * the registry itself.
 */
public final class VolcengineAdapter implements RegistryAdapter {

    private static final List<String> DOMAINS = List.of(".cr.volces.com", ".cr.ivolces.com");

    /** How the names of regions begin, which stand last in the name of a host. */
    private static final List<String> REGIONS = List.of("-cn-", "-ap-");

    private static final Setting INSTANCE = Setting
        .text("instance", "the instance's name; the beginning of the host's where it is not given")
        .optional();

    private static final Setting REGION = Setting
        .text("region", "the instance's region, such as cn-beijing; the end of the host's where it is not given")
        .optional();

    private static final Setting API = Setting
        .url("api", "where Volcengine's API is, for another entrance than https://open.volcengineapi.com",
                List.of("https://open.volcengineapi.com", "https://cr.{region}.volcengineapi.com"))
        .optional();

    /**
     * Volcengine publishes none. Harbor has three calls in flight, which is about as
     * fast.
     */
    private static final Rates RATES = Rates.NONE.with(Rates.Kind.LIST, 10);

    private static final AdapterInfo INFO = AdapterInfo
        .ofImages("volcengine-cr", "Volcengine CR", "Volcengine Container Registry")
        .withUrls("https://{name}" + DOMAINS.getFirst(), "https://{name}" + DOMAINS.getLast())
        .withTriggers("manual", "scheduled")
        .withCredentials(AccessKey.KIND)
        .withSettings(INSTANCE, REGION, API, Choices.CREATE, Choices.VISIBILITY)
        .withRates(RATES)
        .withNames(new NameRules(2, 2, 255))
        .withAbilities(Ability.LIST, Ability.DIGEST_LIST, Ability.CREATE, Ability.DELETE_TAG);

    private final HttpSettings http;

    private final HostLimits limits;

    public VolcengineAdapter(HttpSettings http, HostLimits limits) {
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
        String host = ApiPlace.host(registry);
        Optional<String> label = DOMAINS.stream()
            .filter(host::endsWith)
            .map((domain) -> host.substring(0, host.length() - domain.length()))
            .findFirst();
        String region = told(registry, REGION, label.map(VolcengineAdapter::regionOf));
        String instance = told(registry, INSTANCE, label.filter((name) -> name.endsWith("-" + region))
            .map((name) -> name.substring(0, name.length() - region.length() - 1)));
        AccessKey key = AccessKey.of(registry.credential());
        URI place = ApiPlace.of(registry, API, label.map((_) -> "https://open.volcengineapi.com"));
        JsonApi json = JsonApi.at(ApiPlace.access(registry, place, Rates.Kind.LIST),
                SignedRequests.volcengine(region, "cr", (_) -> key), this.http, this.limits);
        VolcengineApi api = new VolcengineApi(json, instance);
        String visibility = Choices.VISIBILITY.text(registry);
        Differences differences = new Differences(Differences.RepositoryListing.within(api::repositories),
                api::artifacts,
                Choices.creates(registry)
                        ? MadeOnce.afterRefusal((repository, stop) -> api.create(repository, visibility, stop)) : null,
                (repository, tag, _, stop) -> api.delete(repository, tag, stop));
        return new GenericRegistry(
                RemoteRegistry.connect(registry.access((_) -> api.login()), differences, this.http, this.limits), json);
    }

    private static String told(Registry registry, Setting setting, Optional<String> derived) {
        String given = setting.text(registry);
        return given.isEmpty() ? derived.filter((text) -> !text.isEmpty())
            .orElseThrow(() -> new Refusal.Invalid("settings." + setting.key(),
                    "the host's name does not tell the %s: give settings.%s".formatted(setting.key(), setting.key())))
                : given;
    }

    /** The region at the end of a host's first label; empty where there is none. */
    private static String regionOf(String label) {
        int at = REGIONS.stream().mapToInt(label::lastIndexOf).max().orElse(-1);
        return (at <= 0) ? "" : label.substring(at + 1);
    }

}
