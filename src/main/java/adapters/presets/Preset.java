package adapters.presets;

import java.util.stream.Stream;

import oci.limits.HostLimits;
import oci.net.HttpSettings;
import replication.registry.Ability;
import replication.registry.AdapterInfo;
import replication.registry.CredentialKind;
import replication.registry.NameRules;
import replication.registry.RegistryAdapter;
import replication.registry.Setting;

/**
 * What is known of each vendor. An ability is declared only where the vendor describes
 * it, or people have shown that it works; all else is refused by name.
 */
@SuppressWarnings("ImmutableEnumChecker") // A declaration is a record of immutable lists.
public enum Preset {

    DIGITALOCEAN(AdapterInfo.ofImages("digitalocean", "DigitalOcean Container Registry",
            "DigitalOcean's registry, by its registry side alone: repositories are named exactly, no tag is deleted")
        .withUrls("https://registry.digitalocean.com")
        .withCredentials(new CredentialKind("basic", "API token",
                Setting.text("access_key", "the user of docker-credentials; empty for an API token").optional(),
                Setting.secret("access_secret", "the API token, or the password of docker-credentials")))
        .withNames(levels(2))
        .withAbilities()),

    NETEASE(AdapterInfo
        .ofImages("netease", "NetEase (unverified)",
                "NetEase's registry. Nothing of it could be verified, not even that it still takes accounts:"
                        + " repositories are named exactly, none is created, no tag is deleted")
        .withUrls("https://{host}")
        .withAbilities()),

    NEXUS(AdapterInfo
        .ofImages("nexus", "Sonatype Nexus Repository 3",
                "A Docker repository of Nexus 3, by its connector or path: no tag is deleted")
        .withCredentials(
                login("the user, or the name code of a user token", "the password, or the pass code of a user token"),
                CredentialKind.NONE)
        .withAbilities(Ability.LIST)),

    ORACLE_OCIR(AdapterInfo
        .ofImages("oracle-ocir", "Oracle Cloud Infrastructure Registry",
                "Oracle's registry of one region: repositories are named exactly, no tag is deleted")
        .withUrls("https://{region}.ocir.io")
        .withCredentials(login("{tenancy namespace}/{user}, or {tenancy namespace}/{domain}/{user}",
                "an auth token of that user"))
        .withNames(levels(2))
        .withAbilities()),

    SCALEWAY(AdapterInfo.ofImages("scaleway", "Scaleway Container Registry",
            "Scaleway's registry of one region: repositories are named exactly, no tag is deleted, and a namespace must exist")
        .withUrls("https://rg.{region}.scw.cloud")
        .withCredentials(login("nologin", "the secret key of an API key"))
        .withNames(levels(2))
        .withAbilities()),

    ZOT(AdapterInfo.ofImages("zot", "zot", "A zot, which deletes one tag by DELETE of its manifest")
        .withAbilities(Ability.LIST, Ability.DELETE_TAG));

    private final AdapterInfo info;

    Preset(AdapterInfo info) {
        // No sender of events is known for any of them.
        this.info = info.withTriggers("manual", "scheduled");
    }

    public AdapterInfo info() {
        return this.info;
    }

    /** An adapter for each of them. */
    public static Stream<RegistryAdapter> adapters(HttpSettings settings, HostLimits limits) {
        return Stream.of(values()).map((preset) -> new PresetAdapter(preset.info, settings, limits));
    }

    private static CredentialKind login(String user, String secret) {
        return new CredentialKind("basic", "User and password", Setting.text("access_key", user),
                Setting.secret("access_secret", secret));
    }

    private static NameRules levels(int least) {
        return new NameRules(least, Integer.MAX_VALUE, 255);
    }

}
