package adapters.ghcr;

import java.util.List;
import java.util.Optional;

import adapters.generic.GenericAdapter;
import adapters.generic.GenericRegistry;
import oci.limits.HostLimits;
import oci.model.Credential;
import oci.model.CredentialSource;
import oci.model.Rates;
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
import replication.registry.Setting;

/**
 * Serves GitHub's container registry. Packages are listed by GitHub's API; tags are
 * listed by the registry, and each is asked for by HEAD. The API lists digests as well,
 * one row for each manifest, whether it has a tag or is a child of an index: how long
 * that list is depends on what was ever pushed, and it draws on the 5,000 requests an
 * hour that a user has for all of GitHub.
 */
public final class GhcrAdapter implements RegistryAdapter {

    private static final String GITHUB = "https://api.github.com";

    /** Of 2,000 a minute. */
    private static final int PER_SECOND = 33;

    private static final CredentialKind TOKEN = new CredentialKind("basic", "User and personal access token",
            Setting.text("access_key", "the user that the token is of"), Setting.secret("access_secret",
                    "a personal access token (classic) with read:packages, and write:packages for a destination"));

    private static final Setting API = new Setting("api", Setting.Type.URL, "where GitHub's API is", GITHUB,
            List.of(GITHUB));

    private static final AdapterInfo INFO = AdapterInfo
        .ofImages("ghcr", "GitHub Container Registry", "ghcr.io, with the packages of users and organizations")
        .withUrls("https://ghcr.io")
        .withCredentials(TOKEN, CredentialKind.NONE)
        .withSettings(API)
        .withNames(new NameRules(2, Integer.MAX_VALUE, 255).withLevel(NameRules.LOWER).withFixed("owner"))
        .withAbilities(Ability.LIST, Ability.EVENTS)
        .withRates(Rates.NONE.with(Rates.Kind.ALL, PER_SECOND));

    private static final EventSetup EVENTS = EventSetup.provenByHmac("github", "X-Hub-Signature-256",
            "In GitHub, open the settings of the organization or repository, go to Webhooks, and add one with the payload "
                    + "URL {url}, the content type application/json, {secret} as its secret, and the events Packages and "
                    + "Registry packages. GitHub reports what is published; that a tag has gone, it does not report: let "
                    + "a schedule run beside it.");

    private final HttpSettings http;

    private final HostLimits limits;

    public GhcrAdapter(HttpSettings http, HostLimits limits) {
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
        RegistryAccess access = registry.access(GenericAdapter.source(registry.credential()));
        boolean anonymous = registry.credential().type().equals(CredentialKind.NONE.type());
        Credential token = anonymous ? new Credential.None()
                : new Credential.OAuth(registry.credential().secret("access_secret"));
        JsonApi json = JsonApi.at(access.at(API.url(registry), CredentialSource.of(token)), this.http, this.limits)
            .with("X-GitHub-Api-Version", "2022-11-28");
        GithubPackages packages = new GithubPackages(json, anonymous);
        Differences differences = new Differences(Differences.RepositoryListing.within(packages::repositories), null,
                null, (_, _, _, _) -> Optional
                    .of("GitHub deletes no tag alone: with its version all tags of the same manifest would go"));
        return new GenericRegistry(RemoteRegistry.connect(access, differences, this.http, this.limits), json);
    }

}
