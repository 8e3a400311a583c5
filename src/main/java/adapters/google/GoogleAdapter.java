package adapters.google;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import adapters.generic.GenericAdapter;
import adapters.generic.GenericRegistry;
import oci.http.SdkHttp;
import oci.limits.HostLimits;
import oci.model.Credential;
import oci.model.CredentialSource;
import oci.model.Rates;
import oci.model.RegistryAccess;
import oci.model.Secret;
import oci.model.WebUrl;
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
import replication.registry.RegistryCredential;
import replication.registry.Setting;

/**
 * Google Artifact Registry and gcr.io. A login is an access token of an hour, which the
 * registry's token service takes as the password of the user oauth2accesstoken.
 */
public final class GoogleAdapter implements RegistryAdapter {

    private static final CredentialKind KEY = new CredentialKind("service_account", "Service account key",
            Setting.secret("key", "the key's file, in JSON"), ServiceAccount.FIELD);

    private static final CredentialKind AMBIENT = CredentialKind.ambient("google",
            "Where Drayage runs: workload identity, metadata server, GOOGLE_APPLICATION_CREDENTIALS",
            ServiceAccount.FIELD);

    private static final NameRules NAMES = new NameRules(3, Integer.MAX_VALUE, 255).withFixed("project", "repository");

    /**
     * Of the 60,000 requests, 18,000 writes and 18,000 deletions a minute that a project
     * has in one region.
     */
    private static final Rates RATES = Rates.NONE.with(Rates.Kind.ALL, 1000)
        .with(Rates.Kind.WRITE, 300)
        .with(Rates.Kind.MANIFEST_PUT, 300)
        .with(Rates.Kind.DELETE, 300);

    private static final AdapterInfo INFO = AdapterInfo
        .ofImages("google", "Google Artifact Registry", "Artifact Registry (*-docker.pkg.dev) and gcr.io")
        .withUrls("https://{location}-docker.pkg.dev", "https://gcr.io", "https://{location}.gcr.io")
        .withCredentials(KEY, AMBIENT, CredentialKind.BASIC, CredentialKind.NONE)
        .withNames(NAMES)
        .withSettings(PubSub.SUBSCRIPTION)
        .withRates(RATES)
        .withAbilities(Ability.LIST, Ability.DIGEST_LIST, Ability.DELETE_TAG, Ability.EVENTS, Ability.EVENTS_POLL,
                Ability.AMBIENT_LOGIN);

    private static final String PUBSUB = "https://pubsub.googleapis.com";

    /** A pull waits for a message, for a time that Google does not tell. */
    private static final Duration PULL = Duration.ofMinutes(2);

    private static final EventSetup EVENTS = EventSetup.unproven("gcr",
            "In the registry's project, create the Pub/Sub topic gcr (gcloud pubsub topics create gcr), and a push "
                    + "subscription of it (gcloud pubsub subscriptions create drayage --topic=gcr "
                    + "--push-endpoint={url}). Where Google cannot reach that address, create the subscription "
                    + "without it, let the registry's account read it (roles/pubsub.subscriber), and name it in the "
                    + "registry's setting subscription.");

    private final HttpSettings http;

    private final HostLimits limits;

    private final Map<String, String> environment;

    /**
     * An adapter for registries of any project.
     * @param limits shared by all adapters of the process
     * @param environment the operator's variables
     */
    public GoogleAdapter(HttpSettings http, HostLimits limits, Map<String, String> environment) {
        this.http = http;
        this.limits = limits;
        this.environment = Map.copyOf(environment);
    }

    @Override
    public AdapterInfo info() {
        return INFO;
    }

    /** A name on gcr.io has no repository between project and image. */
    @Override
    public NameRules names(Registry registry) {
        return walks(registry) ? new NameRules(2, NAMES.most(), NAMES.longest()).withFixed("project") : NAMES;
    }

    @Override
    public EventSetup events() {
        return EVENTS;
    }

    @Override
    public boolean polls(Registry registry) {
        return !PubSub.SUBSCRIPTION.text(registry).isEmpty();
    }

    @Override
    public GenericRegistry connect(Registry registry) {
        return GenericAdapter.overHttp(registry, () -> {
            RegistryCredential given = registry.credential();
            return switch (given.type()) {
                case "service_account" ->
                    withKey(GoogleKey.of(given.secret("key"), "credential.key", registry), "credential.key", registry);
                case "google" -> {
                    // Whom it asks is the operator's to say, not the registry's.
                    SdkHttp sdk = sdk(registry, (_) -> true);
                    yield signedIn(GoogleLogin.ambient(this.environment, as(registry), sdk), sdk, registry);
                }
                case "basic" -> switch (given.value("access_key")) {
                    case "_json_key" ->
                        withKey(GoogleKey.of(given.secret("access_secret"), "credential.access_secret", registry),
                                "credential.access_secret", registry);
                    case "_json_key_base64" ->
                        withKey(GoogleKey.ofBase64(given.secret("access_secret"), "credential.access_secret", registry),
                                "credential.access_secret", registry);
                    default -> plain(registry);
                };
                default -> plain(registry);
            };
        });
    }

    private GenericRegistry withKey(GoogleKey key, String field, Registry registry) {
        Optional<ServiceAccount> other = as(registry);
        SdkHttp sdk = sdk(registry, (place) -> GoogleKey.mayIssue(place, registry)
                || other.filter((account) -> account.isIssuedAt(place)).isPresent());
        return signedIn(GoogleLogin.of(key, field, other, sdk), sdk, registry);
    }

    private Optional<ServiceAccount> as(Registry registry) {
        return ServiceAccount.of(registry.credential(), this.environment);
    }

    private GenericRegistry signedIn(CredentialSource tokens, SdkHttp sdk, Registry registry) {
        RemoteRegistry remote = remote(registry, (_) -> asPassword(tokens.current(null)));
        String subscription = PubSub.of(registry);
        if (subscription.isEmpty()) {
            return new GenericRegistry(remote, sdk);
        }
        URI place = URI.create(this.environment.getOrDefault("CLOUDSDK_API_ENDPOINT_OVERRIDES_PUBSUB", PUBSUB));
        RegistryAccess access = registry.access(tokens).at(place, tokens);
        JsonApi api = JsonApi.at(access, this.http.stallingAfter(PULL), this.limits);
        return new GenericRegistry(remote, sdk, api)
            .offering(new PubSub(api, subscription, WebUrl.of(registry.url()).authority()));
    }

    /** Without a token there is nothing to read a subscription with. */
    private GenericRegistry plain(Registry registry) {
        if (!PubSub.of(registry).isEmpty()) {
            throw new Refusal.Invalid("settings.subscription",
                    "settings.subscription needs a credential of type service_account or google");
        }
        return new GenericRegistry(remote(registry, GenericAdapter.source(registry.credential())));
    }

    private SdkHttp sdk(Registry registry, Predicate<WebUrl> allowed) {
        return new SdkHttp(registry.access(CredentialSource.of(new Credential.None())), allowed, this.http,
                this.limits);
    }

    private static CredentialSource.Issued asPassword(CredentialSource.Issued token) {
        Secret text = (token.credential() instanceof Credential.OAuth bearer) ? bearer.token() : new Secret("");
        return new CredentialSource.Issued(new Credential.Basic("oauth2accesstoken", text), token.until());
    }

    private RemoteRegistry remote(Registry registry, CredentialSource source) {
        boolean walks = walks(registry);
        return RemoteRegistry.connect(registry.access(source), (api) -> differences(api, walks), this.http,
                this.limits);
    }

    private static boolean walks(Registry registry) {
        String host = WebUrl.of(registry.url()).host();
        return host.equals("gcr.io") || host.endsWith(".gcr.io");
    }

    private static Differences differences(JsonApi api, boolean walks) {
        GoogleContent content = new GoogleContent(api, walks);
        return new Differences(Differences.RepositoryListing.within(content::repositories), content::artifacts,
                (repository, _) -> GoogleContent.missing(repository), content::delete);
    }

}
