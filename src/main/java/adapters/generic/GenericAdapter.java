package adapters.generic;

import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

import oci.limits.HostLimits;
import oci.model.Credential;
import oci.model.CredentialSource;
import oci.model.RegistryAccess;
import oci.model.Secret;
import oci.model.WebUrl;
import oci.net.HttpSettings;
import oci.net.UnusableSetting;
import oci.remote.RemoteRegistry;
import org.jspecify.annotations.Nullable;
import replication.Refusal;
import replication.registry.Ability;
import replication.registry.AdapterInfo;
import replication.registry.EventSetup;
import replication.registry.CredentialKind;
import replication.registry.Registry;
import replication.registry.RegistryAdapter;
import replication.registry.RegistryConnection;
import replication.registry.RegistryCredential;

/** Serves any registry by the OCI distribution specification alone. */
public final class GenericAdapter implements RegistryAdapter {

    private static final AdapterInfo INFO = AdapterInfo
        .ofImages("oci", "OCI registry",
                "Any registry that speaks the OCI distribution specification, such as distribution")
        .withAbilities(Ability.LIST, Ability.DELETE_TAG, Ability.EVENTS);

    private static final AdapterInfo AMBIENT = INFO
        .withCredentials(CredentialKind.NONE, CredentialKind.BASIC, CredentialKind.OAUTH, DockerLogins.KIND)
        .withAbilities(
                Stream.concat(INFO.abilities().stream(), Stream.of(Ability.AMBIENT_LOGIN)).toArray(Ability[]::new));

    private static final EventSetup EVENTS = EventSetup.provenByHeader("distribution", "Authorization",
            """
                    docker-registry (distribution) takes, below notifications.endpoints of its config.yml, an entry with a name, \
                    the url {url}, and below headers Authorization with {secret}; it reports all its repositories. \
                    Another registry has a way of its own to post its events to that address.""");

    private final HttpSettings settings;

    private final HostLimits limits;

    private final Optional<DockerLogins> logins;

    /**
     * One that knows no logins but those of its registries.
     * @param limits shared by all adapters of the process
     */
    public GenericAdapter(HttpSettings settings, HostLimits limits) {
        this(settings, limits, Optional.empty());
    }

    /**
     * @param logins of the machine, which registries may use; empty if they may not
     */
    public GenericAdapter(HttpSettings settings, HostLimits limits, Optional<DockerLogins> logins) {
        this.settings = settings;
        this.limits = limits;
        this.logins = logins;
    }

    @Override
    public AdapterInfo info() {
        return this.logins.isEmpty() ? INFO : AMBIENT;
    }

    @Override
    public EventSetup events() {
        return EVENTS;
    }

    @Override
    public GenericRegistry connect(Registry registry) {
        return overHttp(registry,
                () -> new GenericRegistry(RemoteRegistry.connect(access(registry), this.settings, this.limits)));
    }

    private RegistryAccess access(Registry registry) {
        String type = registry.credential().type();
        if (!type.equals(DockerLogins.KIND.type())) {
            return registry.access(source(registry.credential()));
        }
        CredentialSource login = this.logins.map((each) -> each.of(registry.url()))
            .orElseThrow(() -> new Refusal.Invalid("credential.type",
                    "logins of the machine may not be used; DRAYAGE_DOCKER_CONFIG allows it"));
        return registry.access(login).countedAs(type);
    }

    /**
     * Makes a connection over HTTP, for adapters of any vendor.
     * @throws Refusal.Invalid if an address, a proxy or a certificate of the registry
     * cannot be used
     */
    public static <C extends RegistryConnection> C overHttp(Registry registry, Supplier<C> connection) {
        http("url", registry.url());
        if (registry.proxyUrl() != null && !"socks5".equalsIgnoreCase(registry.proxyUrl().getScheme())) {
            http("proxy_url", registry.proxyUrl());
        }
        try {
            return connection.get();
        }
        catch (UnusableSetting ex) {
            throw new Refusal.Invalid(ex.setting(), String.valueOf(ex.getMessage()));
        }
    }

    /** Of the kinds that the proposal names. */
    public static CredentialSource source(RegistryCredential credential) {
        Secret secret = credential.secret("access_secret");
        return CredentialSource.of(switch (credential.type()) {
            case "basic" -> new Credential.Basic(credential.value("access_key"), secret);
            case "oauth" -> new Credential.OAuth(secret);
            default -> new Credential.None();
        });
    }

    private static void http(String field, @Nullable URI url) {
        if (url == null) {
            return;
        }
        try {
            WebUrl.of(url);
        }
        catch (WebUrl.Malformed ex) {
            throw new Refusal.Invalid(field,
                    "%s must be http:// or https:// with a host: it %s".formatted(field, ex.getMessage()));
        }
        if (url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new Refusal.Invalid(field, field + " must not hold credentials, a query or a fragment");
        }
    }

}
