package replication.registry;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import oci.model.RegistryAddress;
import replication.ResourceType;

/**
 * What an adapter declares of itself. What it does not declare is refused by name when a
 * registry or a policy is saved.
 *
 * @param identity its name in the API, such as {@code oci}
 * @param urls the forms that a registry's URL can have
 * @param filters the filter types that a policy may have which reads from it
 * @param triggers the trigger types that a policy may have which reads from it
 * @param credentials the kinds of credentials that it takes
 * @param settings what else is asked for
 * @param names what a repository can be called there
 */
public record AdapterInfo(String identity, String name, String description, List<UrlForm> urls,
        List<ResourceType> resourceTypes, List<String> filters, List<String> triggers, List<CredentialKind> credentials,
        List<Setting> settings, NameRules names) {

    public AdapterInfo {
        urls = List.copyOf(urls);
        resourceTypes = List.copyOf(resourceTypes);
        filters = List.copyOf(filters);
        triggers = List.copyOf(triggers);
        credentials = List.copyOf(credentials);
        settings = List.copyOf(settings);
        if (settings.stream().anyMatch((setting) -> setting.type() == Setting.Type.SECRET)) {
            throw new IllegalArgumentException("adapter %s: a secret belongs into a credential".formatted(identity));
        }
    }

    /** All that a registry of images can be used with, and no settings. */
    public static AdapterInfo ofImages(String identity, String name, String description) {
        return new AdapterInfo(identity, name, description,
                List.of(new UrlForm("https://{host}"), new UrlForm("http://{host}")), List.of(ResourceType.IMAGE),
                List.of("name", "tag", "resource"), List.of("manual", "scheduled", "event"),
                List.of(CredentialKind.NONE, CredentialKind.BASIC, CredentialKind.OAUTH), List.of(), NameRules.ANY);
    }

    /**
     * Reads a credential as a client gives it. A secret that is left out is an empty one:
     * it may be saved already.
     * @param given text by the field's key
     */
    public RegistryCredential credential(String type, Map<String, ?> given, Faults faults) {
        return this.credentials.stream()
            .filter((each) -> each.type().equals(type))
            .findFirst()
            .map((kind) -> kind.read(given, faults))
            .orElseGet(() -> {
                faults.add("credential.type",
                        "a credential's type is %s with registries of type \"%s\", not \"%s\"".formatted(
                                Faults.either(this.credentials.stream().map(CredentialKind::type).toList()),
                                this.identity, type));
                return RegistryCredential.NONE;
            });
    }

    /** Reads settings as a client gives them; what is left out is as the adapter says. */
    public Map<String, Object> settings(Map<String, ?> given, Faults faults) {
        return Setting.read("settings", this.settings, given, faults);
    }

    /**
     * Refuses a registry with what is not declared, or without a secret that has to be
     * there.
     * @throws replication.Refusal.Invalid by the field
     */
    public void check(Registry registry) {
        Faults faults = new Faults();
        RegistryCredential credential = registry.credential();
        checkUrl(registry.url(), faults);
        credential(credential.type(), credential.values(), faults);
        settings(registry.settings(), faults);
        this.credentials.stream()
            .filter((kind) -> kind.type().equals(credential.type()))
            .flatMap((kind) -> kind.fields().stream())
            .filter((field) -> field.type() == Setting.Type.SECRET && field.required())
            .filter((field) -> credential.secret(field.key()).isEmpty())
            .forEach((field) -> faults.missing("credential." + field.key()));
        faults.refuse();
    }

    /** Notes where a registry's URL is none of this kind. */
    public void checkUrl(URI url, Faults faults) {
        if (this.urls.stream().noneMatch((form) -> form.fits(url))) {
            faults.add("url", "the URL of a registry of type \"%s\" is written %s".formatted(this.identity,
                    Faults.either(this.urls.stream().map(UrlForm::template).toList())));
        }
    }

    /**
     * Whether two registries of this kind are spoken to at the same hosts, so that what
     * one was trusted with may go to the other.
     */
    boolean sameHosts(Registry one, Registry other) {
        return RegistryAddress.sameServer(one.url(), other.url()) && this.settings.stream()
            .filter((setting) -> setting.type() == Setting.Type.URL)
            .allMatch((setting) -> RegistryAddress.sameServer(setting.url(one), setting.url(other)));
    }

    public AdapterInfo withUrls(String... templates) {
        return new AdapterInfo(this.identity, this.name, this.description,
                Stream.of(templates).map(UrlForm::new).toList(), this.resourceTypes, this.filters, this.triggers,
                this.credentials, this.settings, this.names);
    }

    public AdapterInfo withNames(NameRules rules) {
        return new AdapterInfo(this.identity, this.name, this.description, this.urls, this.resourceTypes, this.filters,
                this.triggers, this.credentials, this.settings, rules);
    }

    public AdapterInfo withSettings(Setting... asked) {
        return new AdapterInfo(this.identity, this.name, this.description, this.urls, this.resourceTypes, this.filters,
                this.triggers, this.credentials, List.of(asked), this.names);
    }

    public AdapterInfo withFilters(String... types) {
        return new AdapterInfo(this.identity, this.name, this.description, this.urls, this.resourceTypes,
                List.of(types), this.triggers, this.credentials, this.settings, this.names);
    }

    public AdapterInfo withTriggers(String... types) {
        return new AdapterInfo(this.identity, this.name, this.description, this.urls, this.resourceTypes, this.filters,
                List.of(types), this.credentials, this.settings, this.names);
    }

    public AdapterInfo withCredentials(CredentialKind... kinds) {
        return new AdapterInfo(this.identity, this.name, this.description, this.urls, this.resourceTypes, this.filters,
                this.triggers, List.of(kinds), this.settings, this.names);
    }

}
