package replication.registry;

import java.util.List;
import java.util.Map;

import replication.ResourceType;

/**
 * What an adapter declares of itself. What it does not declare is refused by name when a
 * registry or a policy is saved.
 *
 * @param identity its name in the API, such as {@code oci}
 * @param filters the filter types that a policy may have which reads from it
 * @param triggers the trigger types that a policy may have which reads from it
 * @param credentials the kinds of credentials that it takes
 * @param settings what else is asked for
 * @param names what a repository can be called there
 */
public record AdapterInfo(String identity, String name, String description, List<ResourceType> resourceTypes,
        List<String> filters, List<String> triggers, List<CredentialKind> credentials, List<Setting> settings,
        NameRules names) {

    public AdapterInfo {
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
        return new AdapterInfo(identity, name, description, List.of(ResourceType.IMAGE),
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

    public AdapterInfo withNames(NameRules rules) {
        return new AdapterInfo(this.identity, this.name, this.description, this.resourceTypes, this.filters,
                this.triggers, this.credentials, this.settings, rules);
    }

    public AdapterInfo withSettings(Setting... asked) {
        return new AdapterInfo(this.identity, this.name, this.description, this.resourceTypes, this.filters,
                this.triggers, this.credentials, List.of(asked), this.names);
    }

    public AdapterInfo withFilters(String... types) {
        return new AdapterInfo(this.identity, this.name, this.description, this.resourceTypes, List.of(types),
                this.triggers, this.credentials, this.settings, this.names);
    }

    public AdapterInfo withTriggers(String... types) {
        return new AdapterInfo(this.identity, this.name, this.description, this.resourceTypes, this.filters,
                List.of(types), this.credentials, this.settings, this.names);
    }

    public AdapterInfo withCredentials(CredentialKind... kinds) {
        return new AdapterInfo(this.identity, this.name, this.description, this.resourceTypes, this.filters,
                this.triggers, List.of(kinds), this.settings, this.names);
    }

}
