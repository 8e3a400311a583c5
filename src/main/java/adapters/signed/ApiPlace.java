package adapters.signed;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

import oci.model.Credential;
import oci.model.CredentialSource;
import oci.model.Rates;
import oci.model.RegistryAccess;
import replication.registry.Registry;
import replication.registry.Setting;

/** Where a cloud's API is. */
public final class ApiPlace {

    private ApiPlace() {
    }

    /**
     * The root of the API for a registry.
     * @param setting the URL that the registry may name, at hosts of the cloud only
     * @param derived the cloud's own API, where the registry's host is one of the cloud's
     * @return at the registry's own host where that is one that the operator has added
     */
    public static URI of(Registry registry, Setting setting, Optional<String> derived) {
        if (!setting.text(registry).isEmpty()) {
            return setting.url(registry);
        }
        return derived.map(URI::create).orElseGet(() -> registry.url().resolve("/"));
    }

    /**
     * The way to the API, whose requests are counted apart from the registry's.
     * @param kind the rate of this kind holds for all requests
     */
    public static RegistryAccess access(Registry registry, URI place, Rates.Kind kind) {
        CredentialSource none = CredentialSource.of(new Credential.None());
        RegistryAccess way = registry.access(none).at(place, none).within(Rates.NONE);
        int most = registry.rates().of(kind);
        RegistryAccess counted = way.countedAs(way.account() + " api " + kind.id());
        return (most > 0) ? counted.atMost(most) : counted;
    }

    /** The URL's host with its port, in lower case. */
    public static String host(Registry registry) {
        return registry.url().getRawAuthority().toLowerCase(Locale.ROOT);
    }

}
