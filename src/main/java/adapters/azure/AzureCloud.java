package adapters.azure;

import java.net.URI;
import java.util.Map;

import oci.model.WebUrl;
import replication.registry.Registry;

/**
 * The cloud that a registry lies in, with where its identities get their tokens.
 *
 * @param authority the root of Entra's addresses, such as
 * {@code https://login.microsoftonline.com}
 * @param audience what tokens for registries are asked for
 */
record AzureCloud(String authority, String audience) {

    private static final AzureCloud PUBLIC = new AzureCloud("https://login.microsoftonline.com",
            "https://containerregistry.azure.net");

    /** By the last part of a registry's host. */
    private static final Map<String, AzureCloud> CLOUDS = Map.of("azurecr.io", PUBLIC, "azurecr.cn",
            new AzureCloud("https://login.chinacloudapi.cn", "https://containerregistry.azure.cn"), "azurecr.us",
            new AzureCloud("https://login.microsoftonline.us", "https://containerregistry.azure.us"));

    /** The operator's variable, as AKS sets it for a workload's identity. */
    private static final String OVERRIDE = "AZURE_AUTHORITY_HOST";

    /**
     * The cloud of a registry. Only a host that the operator has added has another
     * authority, which the operator names.
     */
    static AzureCloud of(Registry registry, Map<String, String> environment) {
        String host = WebUrl.of(registry.url()).host();
        return CLOUDS.entrySet()
            .stream()
            .filter((cloud) -> host.endsWith("." + cloud.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElseGet(() -> PUBLIC.of(environment));
    }

    /** The same with the authority that the machine's environment names. */
    AzureCloud of(Map<String, String> environment) {
        String named = environment.getOrDefault(OVERRIDE, "");
        return named.isEmpty() ? this
                : new AzureCloud(named.endsWith("/") ? named.substring(0, named.length() - 1) : named, this.audience);
    }

    /** Whether a place belongs to the authority. */
    boolean isAt(WebUrl place) {
        WebUrl own = WebUrl.of(URI.create(this.authority));
        return place.secure() && place.host().equals(own.host()) && place.actualPort() == own.actualPort();
    }

}
