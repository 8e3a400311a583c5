package adapters.gitea;

import adapters.generic.GenericAdapter;
import adapters.generic.GenericRegistry;
import oci.limits.HostLimits;
import oci.model.RegistryAccess;
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
import replication.registry.RegistryConnection;
import replication.registry.Setting;

/**
 * Serves the container packages of a Gitea or Forgejo. The first component of a
 * repository's name is the user or organisation that owns it.
 */
public final class GiteaAdapter implements RegistryAdapter {

    private static final CredentialKind LOGIN = new CredentialKind("basic", "User and password or token",
            Setting.text("access_key", "the user"), Setting.secret("access_secret",
                    "the password, or an access token with read:package (a source) or write:package (a destination)"));

    private static final AdapterInfo INFO = AdapterInfo
        .ofImages("gitea", "Gitea, Forgejo", "The container packages of a Gitea or Forgejo: host/owner/image")
        .withCredentials(LOGIN, CredentialKind.NONE)
        .withNames(new NameRules(2, Integer.MAX_VALUE, 255).withFixed("owner"))
        .withAbilities(Ability.LIST, Ability.DELETE_TAG, Ability.EVENTS);

    private static final EventSetup EVENTS = EventSetup.provenByHmac("gitea", "X-Gitea-Signature",
            "In Gitea, open the settings of the user or organisation that owns the packages, go to Webhooks, add one of"
                    + " the type Gitea with the target URL {url}, the content type application/json, {secret} as its"
                    + " secret and the custom event \"Package\".");

    private final HttpSettings settings;

    private final HostLimits limits;

    public GiteaAdapter(HttpSettings settings, HostLimits limits) {
        this.settings = settings;
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
    public RegistryConnection connect(Registry registry) {
        return GenericAdapter.overHttp(registry, () -> {
            RegistryAccess access = registry.access(GenericAdapter.source(registry.credential()));
            JsonApi json = JsonApi.at(access, this.settings, this.limits);
            Differences differences = new Differences(null, null, new MissingOwner(json), null);
            return new GenericRegistry(RemoteRegistry.connect(access, differences, this.settings, this.limits), json);
        });
    }

}
