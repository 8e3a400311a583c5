package replication.registry;

import java.util.List;

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
 */
public record AdapterInfo(String identity, String name, String description, List<ResourceType> resourceTypes,
        List<String> filters, List<String> triggers, List<CredentialKind> credentials, List<Setting> settings) {

    public AdapterInfo {
        resourceTypes = List.copyOf(resourceTypes);
        filters = List.copyOf(filters);
        triggers = List.copyOf(triggers);
        credentials = List.copyOf(credentials);
        settings = List.copyOf(settings);
    }

    /** All that a registry of images can be used with, and no settings. */
    public static AdapterInfo ofImages(String identity, String name, String description) {
        return new AdapterInfo(identity, name, description, List.of(ResourceType.IMAGE),
                List.of("name", "tag", "resource"), List.of("manual", "scheduled", "event"),
                List.of(CredentialKind.NONE, CredentialKind.BASIC, CredentialKind.OAUTH), List.of());
    }

    public AdapterInfo withFilters(String... types) {
        return new AdapterInfo(this.identity, this.name, this.description, this.resourceTypes, List.of(types),
                this.triggers, this.credentials, this.settings);
    }

    public AdapterInfo withTriggers(String... types) {
        return new AdapterInfo(this.identity, this.name, this.description, this.resourceTypes, this.filters,
                List.of(types), this.credentials, this.settings);
    }

    public AdapterInfo withCredentials(CredentialKind... kinds) {
        return new AdapterInfo(this.identity, this.name, this.description, this.resourceTypes, this.filters,
                this.triggers, List.of(kinds), this.settings);
    }

}
