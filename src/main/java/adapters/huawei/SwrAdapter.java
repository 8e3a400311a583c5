package adapters.huawei;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import adapters.generic.Choices;
import adapters.generic.GenericAdapter;
import adapters.generic.GenericRegistry;
import adapters.signed.AccessKey;
import adapters.signed.ApiPlace;
import adapters.signed.MadeOnce;
import adapters.signed.SignedRequests;
import oci.limits.HostLimits;
import oci.model.Credential;
import oci.model.CredentialSource;
import oci.model.Rates;
import oci.model.Secret;
import oci.net.HttpSettings;
import oci.remote.Differences;
import oci.remote.JsonApi;
import oci.remote.RemoteRegistry;
import org.jspecify.annotations.Nullable;
import replication.Refusal;
import replication.registry.Ability;
import replication.registry.AdapterInfo;
import replication.registry.NameRules;
import replication.registry.Registry;
import replication.registry.RegistryAdapter;
import replication.registry.RegistryConnection;
import replication.registry.Setting;

/**
 * Huawei Cloud SWR, basic edition: signed by an account's key, with a login for the
 * registry itself that is issued for a time or derived from the key.
 */
public final class SwrAdapter implements RegistryAdapter {

    private static final List<String> DOMAINS = List.of(".myhuaweicloud.com", ".myhuaweicloud.eu");

    private static final Setting REGION = Setting
        .text("region", "the region, such as cn-north-4; read from the host where it is not given")
        .optional();

    private static final Setting PROJECT = Setting
        .text("project", "the project's name, for which a login is issued; the region where it is not given")
        .optional();

    private static final Setting LOGIN = Setting.choice("login",
            "whether a login is issued for 12 hours, or derived from the key and good as long as the key", "temporary",
            "long_term");

    private static final Setting API = Setting
        .url("api", "where SWR's API is, for another entrance than https://swr-api.{region}.myhuaweicloud.com",
                DOMAINS.stream().map((domain) -> "https://swr-api.{region}" + domain).toList())
        .optional();

    private static final AdapterInfo INFO = AdapterInfo
        .ofImages("huawei-swr", "Huawei Cloud SWR", "Huawei Cloud Software Repository for Container, basic edition")
        .withUrls("https://swr.{region}" + DOMAINS.getFirst(), "https://swr.{region}" + DOMAINS.getLast())
        .withTriggers("manual", "scheduled")
        .withCredentials(AccessKey.KIND)
        .withSettings(REGION, PROJECT, LOGIN, API, Choices.CREATE, Choices.VISIBILITY)
        // An organization of 64 characters, and 128 for what follows.
        .withNames(new NameRules(2, Integer.MAX_VALUE, 64 + 1 + 128).withLengths(64, 128)
            .withLevel(NameRules.LOWER)
            .withFixed("organization"))
        .withAbilities(Ability.LIST, Ability.DIGEST_LIST, Ability.CREATE, Ability.DELETE_TAG);

    private final HttpSettings http;

    private final HostLimits limits;

    public SwrAdapter(HttpSettings http, HostLimits limits) {
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
        Optional<String> own = Optional.of(host)
            .filter((name) -> name.startsWith("swr.") && DOMAINS.stream().anyMatch(name::endsWith))
            .map((name) -> name.substring("swr.".length()));
        String region = Stream
            .of(REGION.text(registry), own.map((name) -> name.substring(0, name.indexOf('.'))).orElse(""))
            .filter((text) -> !text.isEmpty())
            .findFirst()
            .orElseThrow(() -> new Refusal.Invalid("settings.region",
                    "the host's name does not tell the region: give settings.region"));
        String project = PROJECT.text(registry).isEmpty() ? region : PROJECT.text(registry);
        AccessKey key = AccessKey.of(registry.credential());
        URI place = ApiPlace.of(registry, API, own.map((name) -> "https://swr-api." + name));
        JsonApi json = JsonApi.at(ApiPlace.access(registry, place, Rates.Kind.LIST), SignedRequests.huawei((_) -> key),
                this.http, this.limits);
        SwrApi api = new SwrApi(json, project, host);
        CredentialSource login = LOGIN.text(registry).equals("temporary") ? (_) -> api.login()
                : CredentialSource.of(derived(key, project));
        Differences differences = new Differences(Differences.RepositoryListing.within(api::repositories),
                api::artifacts, creation(registry, api),
                (repository, tag, _, stop) -> api.delete(repository, tag, stop));
        return new GenericRegistry(RemoteRegistry.connect(registry.access(login), differences, this.http, this.limits),
                json);
    }

    /** A push makes a repository that only its organization may read. */
    private static Differences.@Nullable Creation creation(Registry registry, SwrApi api) {
        if (!Choices.creates(registry)) {
            return null;
        }
        boolean open = Choices.VISIBILITY.text(registry).equals("public");
        Differences.Creation lazy = MadeOnce.afterRefusal((repository, stop) -> api.create(repository, open, stop));
        return open ? Differences.Creation.early(lazy) : lazy;
    }

    /** The login that Huawei's console shows as the long-term one. */
    static Credential derived(AccessKey key, String project) {
        return new Credential.Basic(project + "@" + key.id(), new Secret(SignedRequests.seal(key, key.id())));
    }

}
