package replication.registry;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.google.re2j.Pattern;
import oci.model.Rates;
import oci.model.RegistryAddress;
import replication.ResourceType;

/**
 * An adapter's declaration. Whatever it does not declare is refused by name when a
 * registry or a policy is saved.
 *
 * @param identity its name in the API, such as {@code oci}
 * @param urls the forms of a registry's URL
 * @param filters the filter types of a policy that reads from it
 * @param triggers the trigger types of a policy that reads from it
 * @param credentials the kinds of credentials that it takes
 * @param settings the further settings of a registry
 * @param names the rules for names of repositories
 * @param abilities what it can do beyond reading and writing images
 * @param rates what its registries publish of how many requests they take; a registry may
 * say otherwise
 */
public record AdapterInfo(String identity, String name, String description, List<UrlForm> urls,
        List<ResourceType> resourceTypes, List<String> filters, List<String> triggers, List<CredentialKind> credentials,
        List<Setting> settings, NameRules names, Set<Ability> abilities, Rates rates) {

    /** Those that look at names and manifests, which every registry of images has. */
    private static final List<String> IMAGE_FILTERS = List.of("name", "name_regex", "tag", "tag_regex", "tag_semver",
            "latest", "artifact_type", "media_type", "resource");

    private static final Pattern THIS_MACHINE = Pattern.compile("(?i)localhost|127(?:\\.[0-9]{1,3}){3}|\\[::1]");

    public AdapterInfo {
        urls = List.copyOf(urls);
        resourceTypes = List.copyOf(resourceTypes);
        filters = List.copyOf(filters);
        triggers = List.copyOf(triggers);
        credentials = List.copyOf(credentials);
        settings = List.copyOf(settings);
        abilities = Set.copyOf(abilities);
        if (settings.stream().anyMatch((setting) -> setting.type() == Setting.Type.SECRET)) {
            throw new IllegalArgumentException("adapter %s: a secret belongs in a credential".formatted(identity));
        }
    }

    /**
     * The declaration for registries of images, without settings: they list their
     * repositories and delete a tag as the distribution specification has it.
     */
    public static AdapterInfo ofImages(String identity, String name, String description) {
        return new AdapterInfo(identity, name, description,
                List.of(new UrlForm("https://{host}"), new UrlForm("http://{host}")), List.of(ResourceType.IMAGE),
                IMAGE_FILTERS, List.of("manual", "scheduled", "event"),
                List.of(CredentialKind.NONE, CredentialKind.BASIC, CredentialKind.OAUTH), List.of(), NameRules.ANY,
                Set.of(Ability.LIST, Ability.DELETE_TAG), Rates.NONE);
    }

    /**
     * Reads a client's credential. A missing secret counts as an empty one, because it
     * may be saved already.
     * @param given texts by the fields' keys
     */
    public RegistryCredential credential(String type, Map<String, ?> given, Faults faults) {
        return this.credentials.stream()
            .filter((each) -> each.type().equals(type))
            .findFirst()
            .map((kind) -> kind.read(given, faults))
            .orElseGet(() -> {
                faults.add("credential.type",
                        "a credential's type is %s for registries of type \"%s\", not \"%s\"".formatted(
                                Faults.either(this.credentials.stream().map(CredentialKind::type).toList()),
                                this.identity, type));
                return RegistryCredential.NONE;
            });
    }

    /** Reads a client's settings; a missing one has the adapter's default. */
    public Map<String, Object> settings(Map<String, ?> given, Faults faults) {
        return Setting.read("settings", this.settings, given, faults);
    }

    /**
     * Refuses a registry with undeclared values or without a required secret.
     * @throws replication.Refusal.Invalid with the field
     */
    public void check(Registry registry) {
        Faults faults = new Faults();
        RegistryCredential credential = registry.credential();
        checkUrl(registry.url(), faults);
        credential(credential.type(), credential.values(), faults);
        settings(registry.settings(), faults);
        checkAmbient(registry, faults);
        this.credentials.stream()
            .filter((kind) -> kind.type().equals(credential.type()))
            .flatMap((kind) -> kind.fields().stream())
            .filter((field) -> field.type() == Setting.Type.SECRET && field.required())
            .filter((field) -> credential.secret(field.key()).isEmpty())
            .forEach((field) -> faults.missing("credential." + field.key()));
        faults.refuse();
    }

    /** Notes a URL that has no form of this kind. */
    public void checkUrl(URI url, Faults faults) {
        if (this.urls.stream().noneMatch((form) -> form.fits(url))) {
            faults.add("url", "the URL of a registry of type \"%s\" is written %s".formatted(this.identity,
                    Faults.either(this.urls.stream().map(UrlForm::template).toList())));
        }
    }

    /**
     * Notes what would give a login of the machine to whoever saves the registry. A host
     * has to prove by a certificate that this machine trusts who it is, unless it is the
     * operator's or this machine and no proxy is between.
     */
    void checkAmbient(Registry registry, Faults faults) {
        String type = registry.credential().type();
        if (this.credentials.stream().noneMatch((kind) -> kind.ambient() && kind.type().equals(type))) {
            return;
        }
        String rule = """
                 with a credential of type "%s": a login of the machine goes only to hosts with a certificate that the \
                machine trusts, or, without a proxy_url, to this machine and to hosts of DRAYAGE_ADAPTER_HOSTS"""
            .formatted(type);
        boolean unproven = !reached(registry, registry.url());
        if (unproven && registry.insecure()) {
            faults.add("insecure", "insecure is refused" + rule);
        }
        if (unproven && registry.caCertificate() != null) {
            faults.add("ca_certificate", "ca_certificate is refused" + rule);
        }
        if (unproven && plain(registry.url().toString())) {
            faults.add("url", "a URL without https is refused" + rule);
        }
        urlSettings().filter((setting) -> plain(setting.text(registry)))
            .filter((setting) -> !reached(registry, setting.url(registry)))
            .forEach((setting) -> faults.add("settings." + setting.key(), "a URL without https is refused" + rule));
    }

    /** Whether a host is this machine or the operator's, with no proxy before it. */
    private boolean reached(Registry registry, URI url) {
        return registry.proxyUrl() == null && (THIS_MACHINE.matches(String.valueOf(url.getHost()))
                || this.urls.stream().anyMatch((form) -> form.added() && form.fits(url)));
    }

    private Stream<Setting> urlSettings() {
        return this.settings.stream().filter((setting) -> setting.type() == Setting.Type.URL);
    }

    private static boolean plain(String url) {
        return url.regionMatches(true, 0, "http:", 0, "http:".length());
    }

    /**
     * Whether an edited registry of this kind sends its secret only to hosts that it sent
     * it to before. A proxy reads what is not encrypted, and any host may pose as one
     * whose certificate goes unchecked or is checked against another authority.
     */
    boolean keepsHosts(Registry edited, Registry saved) {
        boolean read = edited.insecure() || plain(edited.url().toString())
                || urlSettings().anyMatch((setting) -> plain(setting.text(edited)));
        return RegistryAddress.sameServer(edited.url(), saved.url()) && (!edited.insecure() || saved.insecure())
                && (edited.caCertificate() == null || Objects.equals(edited.caCertificate(), saved.caCertificate()))
                && (!read || Objects.equals(edited.proxyUrl(), saved.proxyUrl()))
                && urlSettings().allMatch((setting) -> setting.text(edited).equals(setting.text(saved))
                        || RegistryAddress.sameServer(setting.url(edited), setting.url(saved)));
    }

    /** Whether it has declared an ability. */
    public boolean can(Ability ability) {
        return this.abilities.contains(ability);
    }

    /**
     * Why what needs an ability is refused, such as
     * {@code registries of type "x" list no repositories}.
     */
    public String lacks(Ability ability) {
        return "registries of type \"%s\" %s".formatted(this.identity, ability.lack());
    }

    public AdapterInfo withUrls(String... templates) {
        return with((parts) -> parts.urls = Stream.of(templates).map(UrlForm::new).toList());
    }

    /**
     * The same for further hosts, of its registries and of settings whose URLs have to
     * have a form.
     */
    AdapterInfo alsoAt(List<UrlForm> forms) {
        return with((parts) -> {
            List<String> templates = forms.stream().map(UrlForm::template).distinct().toList();
            parts.urls = Stream
                .concat(this.urls.stream().filter((form) -> !templates.contains(form.template())),
                        templates.stream().map((template) -> new UrlForm(template, true)))
                .toList();
            parts.settings = this.settings.stream().map((setting) -> setting.alsoAt(forms)).toList();
        });
    }

    /**
     * The same with further filters, such as those that look at what its listing tells.
     */
    public AdapterInfo withMoreFilters(String... types) {
        return with(
                (parts) -> parts.filters = Stream.concat(this.filters.stream(), Stream.of(types)).distinct().toList());
    }

    public AdapterInfo withFilters(String... types) {
        return with((parts) -> parts.filters = List.of(types));
    }

    public AdapterInfo withTriggers(String... types) {
        return with((parts) -> parts.triggers = List.of(types));
    }

    public AdapterInfo withCredentials(CredentialKind... kinds) {
        return with((parts) -> parts.credentials = List.of(kinds));
    }

    public AdapterInfo withSettings(Setting... asked) {
        return with((parts) -> parts.settings = List.of(asked));
    }

    public AdapterInfo withNames(NameRules rules) {
        return with((parts) -> parts.names = rules);
    }

    public AdapterInfo withAbilities(Ability... declared) {
        return with((parts) -> parts.abilities = Set.of(declared));
    }

    public AdapterInfo withRates(Rates published) {
        return with((parts) -> parts.rates = published);
    }

    private AdapterInfo with(Consumer<Parts> change) {
        Parts parts = new Parts(this);
        change.accept(parts);
        return new AdapterInfo(this.identity, this.name, this.description, parts.urls, this.resourceTypes,
                parts.filters, parts.triggers, parts.credentials, parts.settings, parts.names, parts.abilities,
                parts.rates);
    }

    /** What a declaration may have otherwise than another one. */
    private static final class Parts {

        private List<UrlForm> urls;

        private List<String> filters;

        private List<String> triggers;

        private List<CredentialKind> credentials;

        private List<Setting> settings;

        private NameRules names;

        private Set<Ability> abilities;

        private Rates rates;

        Parts(AdapterInfo info) {
            this.urls = info.urls;
            this.filters = info.filters;
            this.triggers = info.triggers;
            this.credentials = info.credentials;
            this.settings = info.settings;
            this.names = info.names;
            this.abilities = info.abilities;
            this.rates = info.rates;
        }

    }

}
