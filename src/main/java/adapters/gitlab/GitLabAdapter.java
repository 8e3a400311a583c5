package adapters.gitlab;

import adapters.generic.GenericAdapter;
import adapters.generic.GenericRegistry;
import oci.limits.HostLimits;
import oci.model.RegistryAccess;
import oci.net.HttpSettings;
import oci.remote.Differences;
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
 * Serves the container registry of a GitLab. Repositories are listed and tags deleted by
 * GitLab's own API, which is where the registry's token service is.
 */
public final class GitLabAdapter implements RegistryAdapter {

    private static final CredentialKind TOKEN = new CredentialKind("basic", "User or token name, and token",
            Setting.text("access_key", "the user, or the name of a deploy, project or group access token"),
            Setting.secret("access_secret", "a personal, project or group access token, or a deploy token"),
            Setting
                .secret("api_token", "a token for GitLab's API where access_secret is a deploy token, which it refuses")
                .optional());

    private static final Setting API = Setting
        .url("api", "where GitLab is, such as https://gitlab.com; empty if the registry names it by its token service")
        .optional();

    private static final AdapterInfo INFO = AdapterInfo
        .ofImages("gitlab", "GitLab", "The container registry of gitlab.com, or of a GitLab of one's own")
        .withCredentials(TOKEN, CredentialKind.NONE)
        .withSettings(API)
        .withNames(new NameRules(2, Integer.MAX_VALUE, 255))
        .withAbilities(Ability.LIST, Ability.DELETE_TAG, Ability.EVENTS);

    private static final EventSetup EVENTS = EventSetup.provenByHeader("gitlab", "Authorization",
            "Only the administrator of a GitLab instance can set this up: in gitlab.rb, add to registry['notifications'] "
                    + "{'name' => 'drayage', 'url' => '{url}', 'timeout' => '5s', 'threshold' => 5, 'backoff' => '10s', "
                    + "'headers' => {'Authorization' => ['{secret}']}} and run gitlab-ctl reconfigure. It reports the "
                    + "pushes and deletions of all projects. gitlab.com reports nothing to you: let a schedule start "
                    + "the policy there.");

    private final HttpSettings http;

    private final HostLimits limits;

    public GitLabAdapter(HttpSettings http, HostLimits limits) {
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
        return GenericAdapter.overHttp(registry, () -> {
            RegistryAccess access = registry.access(GenericAdapter.source(registry.credential()));
            GitLabHost host = new GitLabHost(access, API.text(registry), registry.credential(), this.http, this.limits);
            GitLabApi api = new GitLabApi(host);
            return new GenericRegistry(RemoteRegistry.connect(access,
                    (own) -> new Differences(Differences.RepositoryListing.within(api::repositories),
                            new DigestListing(own), new MissingProject(),
                            (repository, tag, _, stop) -> api.delete(repository, tag, stop)),
                    this.http, this.limits), host);
        });
    }

}
