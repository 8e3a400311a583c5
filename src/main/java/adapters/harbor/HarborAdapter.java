package adapters.harbor;

import java.util.Optional;
import java.util.function.Supplier;

import adapters.generic.Choices;
import adapters.generic.GenericAdapter;
import adapters.generic.GenericRegistry;
import com.github.benmanes.caffeine.cache.Ticker;
import oci.limits.HostLimits;
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

/**
 * Harbor 2.x and 1.x. Content is moved as with any registry; projects, listings with
 * digests and labels, deletion of tags and webhooks go by Harbor's own API, with the same
 * user.
 */
public final class HarborAdapter implements RegistryAdapter {

    private static final AdapterInfo INFO = AdapterInfo
        .ofImages("harbor", "Harbor", "Harbor 2.x and 1.x, with its projects, labels and webhooks")
        .withCredentials(CredentialKind.NONE, CredentialKind.BASIC)
        .withSettings(Choices.CREATE, Choices.VISIBILITY)
        .withMoreFilters("label", "latest_pushed", "pushed_within")
        .withNames(new NameRules(2, Integer.MAX_VALUE, 255).withFixed("project"))
        .withAbilities(Ability.LIST, Ability.DIGEST_LIST, Ability.CREATE, Ability.DELETE_TAG, Ability.LABELS,
                Ability.EVENTS, Ability.EVENTS_CREATE);

    private static final EventSetup EVENTS = EventSetup.provenByHeader("harbor", "Authorization",
            """
                    In each project, open Webhooks and add one with the notify type http, the payload format Default, the event \
                    types Artifact pushed and Artifact deleted, the endpoint URL {url} and {secret} as the auth header. \
                    Harbor reports no deletion of a single tag, so give the trigger a reconcile cron as well. \
                    POST /api/registries/{id}/webhook does the same by Harbor's API.""");

    private final HttpSettings http;

    private final HostLimits limits;

    private final Ticker ticker;

    public HarborAdapter(HttpSettings http, HostLimits limits) {
        this(http, limits, Ticker.systemTicker());
    }

    HarborAdapter(HttpSettings http, HostLimits limits, Ticker ticker) {
        this.http = http;
        this.limits = limits;
        this.ticker = ticker;
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
            JsonApi own = JsonApi.at(access, this.http, this.limits);
            HarborApi api = new HarborApi(own);
            RemoteRegistry remote = RemoteRegistry.connect(access, (content) -> {
                HarborArtifacts artifacts = new HarborArtifacts(api, content, this.ticker);
                return new Differences(new HarborRepositories(api, artifacts), artifacts,
                        new ProjectCreation(api, registry), new HarborTags(api));
            }, this.http, this.limits);
            return new GenericRegistry(remote, own).offering(new HarborWebhooks(api));
        });
    }

    /**
     * Creates the project of a repository, which itself comes with its first push.
     *
     * @param registry its settings decide whether and for whom
     */
    private record ProjectCreation(HarborApi api, Registry registry) implements Differences.Creation {

        /**
         * Harbor says of a project that is not there that the upload is unauthorized, and
         * of a proxy cache that it is denied.
         */
        @Override
        public boolean answers(RegistryFailure refusal) {
            return refusal instanceof RegistryFailure.Unauthorized || refusal instanceof RegistryFailure.NotFound;
        }

        @Override
        public boolean isMissing(String repository, RegistryFailure refusal, StopSignal stop) {
            return refusal instanceof RegistryFailure.Unauthorized
                    && !this.api.hasProject(HarborApi.projectOf(repository), stop);
        }

        @Override
        public void create(String repository, StopSignal stop) {
            create(repository, Optional::empty, stop);
        }

        @Override
        public void create(String repository, Supplier<Optional<Boolean>> open, StopSignal stop) {
            String project = HarborApi.projectOf(repository);
            if (this.api.hasProject(project, stop)) {
                if (this.api.isProxyCache(project, stop)) {
                    throw new RegistryFailure.Withheld(
                            "%s: the project %s is a proxy cache of another registry, and Harbor lets nobody push to it"
                                .formatted(repository, project));
                }
                return;
            }
            if (!Choices.creates(this.registry)) {
                throw new RegistryFailure.Permanent(
                        "%s: there is no project %s, and the registry's setting \"create\" is \"never\""
                            .formatted(repository, project));
            }
            this.api.createProject(project, isPublic(open), stop);
        }

        private boolean isPublic(Supplier<Optional<Boolean>> open) {
            return switch (Choices.VISIBILITY.text(this.registry)) {
                case "public" -> true;
                case "keep" -> open.get().orElse(false);
                default -> false;
            };
        }

    }

}
