package adapters.dockerhub;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import adapters.generic.Choices;
import adapters.generic.GenericAdapter;
import adapters.generic.GenericRegistry;
import oci.limits.HostLimits;
import oci.model.Credential;
import oci.model.CredentialSource;
import oci.model.RegistryAccess;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import oci.net.HttpSettings;
import oci.remote.Differences;
import oci.remote.JsonApi;
import oci.remote.RemoteRegistry;
import replication.registry.Ability;
import replication.registry.AdapterInfo;
import replication.registry.CredentialKind;
import replication.registry.EventSetup;
import replication.registry.NameRules;
import replication.registry.Registry;
import replication.registry.RegistryAdapter;
import replication.registry.Setting;

/**
 * Serves Docker Hub. Images go to its registry; repositories and tags are listed, created
 * and deleted by the API of hub.docker.com.
 */
public final class DockerHubAdapter implements RegistryAdapter {

    private static final String HUB = "https://hub.docker.com";

    private static final URI REGISTRY = URI.create("https://registry-1.docker.io");

    /** All of them are {@link #REGISTRY}. */
    private static final Set<String> NAMES = Set.of("docker.io", "index.docker.io", "registry-1.docker.io");

    private static final CredentialKind TOKEN = new CredentialKind("basic", "User or organization, and access token",
            Setting.text("access_key", "the user or, for an organization access token, the organization"),
            Setting.secret("access_secret", "a personal or organization access token, or the user's password"));

    private static final Setting API = new Setting("api", Setting.Type.URL, "where Docker Hub's API is", HUB,
            List.of(HUB));

    private static final AdapterInfo INFO = AdapterInfo
        .ofImages("dockerhub", "Docker Hub", "Docker Hub with users, organizations and official images (library)")
        .withUrls("https://docker.io", "https://index.docker.io", "https://registry-1.docker.io")
        .withCredentials(CredentialKind.NONE, TOKEN)
        .withSettings(Choices.CREATE, Choices.VISIBILITY, API)
        .withNames(new NameRules(2, 2, 255))
        .withAbilities(Ability.LIST, Ability.DIGEST_LIST, Ability.CREATE, Ability.DELETE_TAG, Ability.EVENTS);

    private static final EventSetup EVENTS = EventSetup.unproven("dockerhub",
            "In Docker Hub, open the repository, go to Webhooks, and create one with the URL {url}. Each repository needs "
                    + "its own. Docker Hub reports pushes only, with the tag but without a digest, and proves nothing: the "
                    + "address is the secret. Let a schedule run beside it, because deletions are not reported.");

    private final HttpSettings http;

    private final HostLimits limits;

    public DockerHubAdapter(HttpSettings http, HostLimits limits) {
        this.http = http;
        this.limits = limits;
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
        return GenericAdapter.overHttp(registry, () -> connected(registry));
    }

    private GenericRegistry connected(Registry registry) {
        CredentialSource login = GenericAdapter.source(registry.credential());
        RegistryAccess saved = registry.access(login);
        RegistryAccess stranger = saved.at(API.url(registry), CredentialSource.of(new Credential.None()));
        JsonApi door = JsonApi.at(stranger, this.http, this.limits);
        boolean anonymous = registry.credential().type().equals(CredentialKind.NONE.type());
        JsonApi json = JsonApi.at(
                anonymous ? stranger : saved.at(API.url(registry), new DockerHubTokens(door, registry.credential())),
                this.http, this.limits);
        DockerHubApi api = new DockerHubApi(json, registry.credential().value("access_key"));
        Differences differences = new Differences(Differences.RepositoryListing.within(api::repositories, api::open),
                api::tags, new Making(api, registry), (repository, tag, _, stop) -> api.delete(repository, tag, stop));
        return new GenericRegistry(RemoteRegistry.connect(saved.at(registryUrl(registry.url()), login), differences,
                this.http, this.limits), door, json);
    }

    static URI registryUrl(URI url) {
        return NAMES.contains(String.valueOf(url.getHost()).toLowerCase(Locale.ROOT)) ? REGISTRY : url;
    }

    /**
     * A push would make a missing repository, and public where the account says so.
     *
     * @param registry its settings decide whether and for whom
     */
    private record Making(DockerHubApi api, Registry registry) implements Differences.Creation {

        @Override
        public void create(String repository, StopSignal stop) {
            create(repository, Optional::empty, stop);
        }

        @Override
        public void create(String repository, Supplier<Optional<Boolean>> open, StopSignal stop) {
            if (Choices.creates(this.registry)) {
                Choices.opens(this.registry, open).ifPresent((wanted) -> this.api.create(repository, wanted, stop));
            }
            else {
                this.api.require(repository, stop);
            }
        }

        @Override
        public boolean beforeUpload() {
            return true;
        }

        /** The registry hides what is missing. */
        @Override
        public boolean isMissing(String repository, RegistryFailure refusal, StopSignal stop) {
            return refusal instanceof RegistryFailure.Unauthorized && !this.api.exists(repository, stop);
        }

    }

}
