package adapters.quay;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import adapters.generic.Choices;
import adapters.generic.GenericAdapter;
import adapters.generic.GenericRegistry;
import oci.limits.HostLimits;
import oci.model.Credential;
import oci.model.CredentialSource;
import oci.model.Rates;
import oci.model.RegistryAccess;
import oci.model.RegistryFailure;
import oci.model.Secret;
import oci.model.StopSignal;
import oci.net.HttpSettings;
import oci.remote.Differences;
import oci.remote.JsonApi;
import oci.remote.RemoteRegistry;
import replication.Refusal;
import replication.registry.Ability;
import replication.registry.AdapterInfo;
import replication.registry.CredentialKind;
import replication.registry.EventSetup;
import replication.registry.NameRules;
import replication.registry.Registry;
import replication.registry.RegistryAdapter;
import replication.registry.Setting;

/**
 * Serves Quay, at quay.io or any other host. The registry takes a robot account; the API,
 * at the same host, takes the token of an OAuth application. Without that token, names
 * and tags are listed as the specification has it and nothing is created.
 */
public final class QuayAdapter implements RegistryAdapter {

    private static final CredentialKind ROBOT = new CredentialKind("basic", "Robot account, with a token for the API",
            Setting.text("access_key", "the robot account, such as acme+mirror, or a user"),
            Setting.secret("access_secret", "the robot's token, or the user's encrypted password"),
            Setting.secret("api_token", "an OAuth application's token, to list tags with digests and to create")
                .optional());

    private static final Setting EMAIL = Setting
        .text("organization_email", "the address of organizations that are created; Quay may ask for one")
        .optional();

    private static final AdapterInfo INFO = AdapterInfo
        .ofImages("quay", "Quay", "quay.io, or a Red Hat Quay of one's own")
        .withCredentials(CredentialKind.NONE, ROBOT)
        .withSettings(Choices.CREATE, Choices.VISIBILITY, EMAIL)
        .withNames(new NameRules(2, Integer.MAX_VALUE, 255).withFixed("organization"))
        .withAbilities(Ability.LIST, Ability.DIGEST_LIST, Ability.CREATE, Ability.DELETE_TAG, Ability.EVENTS);

    /** Nothing is made by looking: Quay makes a repository with a token to push to it. */
    private static final Differences.Creation AT_THE_TOKEN = Differences.Creation.early((_, _) -> {
        // Quay does it.
    });

    private static final EventSetup EVENTS = EventSetup.unproven("quay",
            "In Quay, open the repository, go to Settings, and create a notification under Events and Notifications: "
                    + "the event is Push to Repository, the method is Webhook POST, and the URL is {url}. Each "
                    + "repository needs its own. Quay reports pushes only, without a digest, and proves nothing: the "
                    + "address is the secret. Let a schedule run beside it, because deletions are not reported.");

    private final HttpSettings http;

    private final HostLimits limits;

    public QuayAdapter(HttpSettings http, HostLimits limits) {
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
        Secret token = registry.credential().secret("api_token");
        boolean anonymous = registry.credential().type().equals(CredentialKind.NONE.type());
        if (token.isEmpty() && !anonymous) {
            refuseWithoutToken(registry);
            return connected(access, (own) -> new Differences(null, null, AT_THE_TOKEN, QuayApi.deletion(own)));
        }
        JsonApi json = JsonApi.at(apiAccess(access, anonymous ? new Credential.None() : new Credential.OAuth(token)),
                this.http, this.limits);
        QuayApi api = new QuayApi(json, registry.credential().value("access_key"), EMAIL.text(registry));
        return connected(access,
                (own) -> new Differences(Differences.RepositoryListing.within(api::repositories, api::open), api::tags,
                        anonymous ? null : new Making(api, registry), QuayApi.deletion(own)),
                json);
    }

    private GenericRegistry connected(RegistryAccess access, Function<JsonApi, Differences> differences,
            JsonApi... apis) {
        return new GenericRegistry(RemoteRegistry.connect(access, differences, this.http, this.limits), apis);
    }

    /** An application has limits of its own, which leave those of the robot alone. */
    private static RegistryAccess apiAccess(RegistryAccess access, Credential credential) {
        return access.at(access.url(), CredentialSource.of(credential))
            .countedAs(access.account() + " (API)")
            .within(Rates.NONE);
    }

    /** Quay makes a missing repository when a robot asks for a token to push to it. */
    private static void refuseWithoutToken(Registry registry) {
        if (!Choices.creates(registry)) {
            throw new Refusal.Invalid("settings.create",
                    "without an api_token nobody can see whether a repository is there, and Quay makes one at a push; never needs an api_token");
        }
        if (Choices.VISIBILITY.text(registry).equals("public")) {
            throw new Refusal.Invalid("settings.visibility",
                    "without an api_token no repository can be made public; Quay makes private ones at a push");
        }
    }

    /**
     * What an upload finds missing, where the API can be asked.
     *
     * @param registry its settings decide whether and for whom it is created
     */
    private record Making(QuayApi api, Registry registry) implements Differences.Creation {

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

        /** Quay gives nobody the right to pull from what is not there. */
        @Override
        public boolean isMissing(String repository, RegistryFailure refusal, StopSignal stop) {
            return refusal instanceof RegistryFailure.Unauthorized && this.api.lacks(repository, stop);
        }

    }

}
