package adapters.jfrog;

import adapters.generic.Choices;
import adapters.generic.GenericAdapter;
import adapters.generic.GenericRegistry;
import oci.limits.HostLimits;
import oci.model.RegistryAccess;
import oci.net.HttpSettings;
import oci.remote.Differences;
import oci.remote.Differences.RepositoryListing;
import oci.remote.JsonApi;
import oci.remote.RemoteRegistry;
import replication.registry.Ability;
import replication.registry.AdapterInfo;
import replication.registry.CredentialKind;
import replication.registry.EventSetup;
import replication.registry.NameRules;
import replication.registry.Registry;
import replication.registry.RegistryAdapter;
import replication.registry.RegistryConnection;
import replication.registry.Setting;

/**
 * Serves the Docker repositories of one Artifactory. The first component of a
 * repository's name is the key of the Artifactory repository that it lies in.
 */
public final class JfrogAdapter implements RegistryAdapter {

    private static final CredentialKind BASIC = new CredentialKind("basic", "User and password or token",
            Setting.text("access_key", "the user"),
            Setting.secret("access_secret", "the password, or an identity, reference or access token of that user"));

    private static final CredentialKind TOKEN = new CredentialKind("oauth", "Access token alone",
            Setting.text("access_key", "the owner of the token, for information only").optional(),
            Setting.secret("access_secret", "an access token, sent as a bearer token"));

    private static final AdapterInfo INFO = AdapterInfo
        .ofImages("jfrog-artifactory", "JFrog Artifactory",
                "The Docker repositories of an Artifactory, by its path method: host/key/image")
        .withCredentials(BASIC, TOKEN, CredentialKind.NONE)
        .withSettings(Choices.CREATE)
        .withNames(new NameRules(2, Integer.MAX_VALUE, 255).withFixed("repository key"))
        .withAbilities(Ability.LIST, Ability.DIGEST_LIST, Ability.CREATE, Ability.DELETE_TAG, Ability.EVENTS);

    private static final EventSetup EVENTS = EventSetup.provenByHeader("jfrog", "X-JFrog-Event-Auth",
            "In Artifactory, open Administration, General, Webhooks and create one with the URL {url}, {secret} as its"
                    + " secret token and the Docker events \"tag was pushed\", \"tag was promoted\" and"
                    + " \"tag was deleted\" for the repositories that policies read.");

    private static final int PAGE = 1_000;

    private final HttpSettings settings;

    private final HostLimits limits;

    private final int page;

    public JfrogAdapter(HttpSettings settings, HostLimits limits) {
        this(settings, limits, PAGE);
    }

    JfrogAdapter(HttpSettings settings, HostLimits limits, int page) {
        this.settings = settings;
        this.limits = limits;
        this.page = page;
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
    public RegistryConnection connect(Registry registry) {
        return GenericAdapter.overHttp(registry, () -> {
            RegistryAccess access = registry.access(GenericAdapter.source(registry.credential()));
            JsonApi json = JsonApi.at(access, this.settings, this.limits);
            JfrogApi api = new JfrogApi(json, this.page);
            Differences differences = new Differences(RepositoryListing.within(api::repositories), api::tags,
                    Choices.creates(registry) ? api.creation() : null, api::delete);
            return new GenericRegistry(RemoteRegistry.connect(access, differences, this.settings, this.limits), json);
        });
    }

}
