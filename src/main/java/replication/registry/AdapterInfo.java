package replication.registry;

import java.util.List;

import replication.ResourceType;

/**
 * What an adapter declares of itself.
 *
 * @param identity its name in the API, such as {@code oci}
 * @param filters the filter types it understands
 * @param triggers the trigger types its registries can be used with
 * @param credentials the credential types it accepts
 */
public record AdapterInfo(String identity, String name, String description, List<ResourceType> resourceTypes,
        List<String> filters, List<String> triggers, List<String> credentials) {

    public AdapterInfo {
        resourceTypes = List.copyOf(resourceTypes);
        filters = List.copyOf(filters);
        triggers = List.copyOf(triggers);
        credentials = List.copyOf(credentials);
    }

}
